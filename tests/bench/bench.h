/* What the benches share: GMime's bare parsing of messages, which is timed in turn with what is measured in
 * it, and medians. */
#ifndef MAILWHY_BENCH_H
#define MAILWHY_BENCH_H

#include <gmime/gmime.h>
#include <stdio.h>
#include <stdlib.h>

struct bench_mail {
    const char *name;
    char *bytes;
    gsize length;
};

static inline void parse_bare(const char *bytes, size_t length) {
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, length);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    if (message)
        g_object_unref(message);
    g_object_unref(parser);
    g_object_unref(stream);
}

static inline int by_value(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static inline double median(double *values, int count) {
    qsort(values, (size_t)count, sizeof *values, by_value);
    return values[count / 2];
}

/* The files whose names are given; ends the program where one cannot be read. */
static inline struct bench_mail *bench_read(char **names, int count) {
    struct bench_mail *mails = g_new0(struct bench_mail, count);
    for (int i = 0; i < count; i++) {
        mails[i].name = names[i];
        if (!g_file_get_contents(names[i], &mails[i].bytes, &mails[i].length, NULL))
            exit(66);
    }
    return mails;
}

/* Does `run` with each mail, in rounds in turn with GMime. Prints the medians of both in microseconds a mail,
 * and their ratio. */
static inline void bench_beside_gmime(const struct bench_mail *mails, int count, int rounds,
                                      void run(void *context, const struct bench_mail *mail), void *context) {
    double *bare = g_new0(double, rounds);
    double *measured = g_new0(double, rounds);
    for (int round = -2; round < rounds; round++) { /* the first two warm both up */
        gint64 start = g_get_monotonic_time();
        for (int i = 0; i < count; i++)
            parse_bare(mails[i].bytes, mails[i].length);
        gint64 middle = g_get_monotonic_time();
        for (int i = 0; i < count; i++)
            run(context, &mails[i]);
        gint64 end = g_get_monotonic_time();
        if (round >= 0) {
            bare[round] = (double)(middle - start) / count;
            measured[round] = (double)(end - middle) / count;
        }
    }
    double gmime = median(bare, rounds);
    double ours = median(measured, rounds);
    printf("%.1f %.1f %.3f\n", gmime, ours, ours / gmime);
    g_free(bare);
    g_free(measured);
}

#endif
