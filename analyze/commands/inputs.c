/* Inputs: see inputs.h. */
#define _GNU_SOURCE
#include "analyze/commands/inputs.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/reading.h"
#include "parsers/base/decompress.h"
#include "parsers/base/folder.h"
#include "parsers/log/likely.h"
#include "parsers/log/stream.h"
#include "parsers/message/mailbox.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define FEW_FILES 500

struct opening {
    struct inputs *inputs;
    bool is_quiet;
};

static void take_problem(void *context, const char *path, int error, const char *text) {
    const struct opening *o = context;
    if (error)
        o->inputs->status = STATUS_NO_INPUT;
    if (error || !o->is_quiet)
        complain_of_input(path, error ? g_strerror(error) : text);
}

static bool is_folder(const char *path) {
    struct stat st;
    return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* What a crew reads through a pipe, until its report is there. */
struct piped_input {
    int fd, copy;
    bool is_whole; /* the copy; then the pipe is at its end */
};

static void piped_free(void *data) {
    struct piped_input *piped = data;
    close(piped->fd);
    close(piped->copy);
    g_free(piped);
}

void inputs_init(struct inputs *inputs) {
    *inputs = (struct inputs){g_ptr_array_new_with_free_func(g_free),
                              g_array_new(FALSE, TRUE, sizeof(int)),
                              g_array_new(FALSE, TRUE, sizeof(size_t)),
                              g_hash_table_new_full(NULL, NULL, NULL, piped_free),
                              -1,
                              STATUS_OK};
}

static int kept_of(const struct inputs *inputs, size_t number) {
    return number < inputs->kept->len ? g_array_index(inputs->kept, int, number) : -1;
}

/* Each has a descriptor of its own; where there is none to be had, it is the name of nothing. */
static void list_given(struct inputs *inputs, const GArray *given) {
    for (guint i = 0; i < given->len; i++) {
        const struct given_input *one = &g_array_index(given, struct given_input, i);
        int copy = fcntl(one->fd, F_DUPFD_CLOEXEC, 0);
        g_ptr_array_add(inputs->paths, g_strdup(copy < 0 ? "" : one->name));
        g_array_append_val(inputs->kept, copy);
    }
    g_array_set_size(inputs->folders, inputs->paths->len);
}

void inputs_list_logs(struct inputs *inputs, const struct options *options) {
    inputs_init(inputs);
    if (options->given_logs)
        list_given(inputs, options->given_logs);
    for (guint i = 0; i < options->logs->len; i++)
        g_ptr_array_add(inputs->paths, g_strdup(options->logs->pdata[i]));
    g_array_set_size(inputs->folders, inputs->paths->len);
}

static void list_folder(struct opening *o, const char *path) {
    size_t before = o->inputs->paths->len;
    int status = o->inputs->status;
    o->inputs->status = STATUS_OK;
    folder_list(path, o->inputs->paths, take_problem, o);
    if (o->inputs->paths->len == before && o->inputs->status == STATUS_OK && !o->is_quiet)
        complain_of_input(path, "there is no file in this folder to read");
    o->inputs->status = MAX(o->inputs->status, status);
}

void inputs_list(struct inputs *inputs, const struct options *options) {
    struct opening opening = {inputs, options->quiet};
    inputs_init(inputs);
    if (options->given) {
        list_given(inputs, options->given);
        return;
    }
    for (size_t i = 0; i < options->argument_count; i++) {
        const char *path = options->arguments[i];
        size_t folder = is_folder(path) ? strlen(path) : 0;
        if (folder)
            list_folder(&opening, path);
        else
            g_ptr_array_add(inputs->paths, g_strdup(path));
        while (inputs->folders->len < inputs->paths->len)
            g_array_append_val(inputs->folders, folder);
    }
    if (options->argument_count == 0)
        g_ptr_array_add(inputs->paths, g_strdup("-"));
    g_array_set_size(inputs->folders, inputs->paths->len);
}

void inputs_free(struct inputs *inputs) {
    for (guint i = 0; i < inputs->kept->len; i++)
        if (kept_of(inputs, i) >= 0)
            close(kept_of(inputs, i));
    if (inputs->held >= 0)
        close(inputs->held);
    g_hash_table_destroy(inputs->piped);
    g_array_free(inputs->kept, TRUE);
    g_ptr_array_free(inputs->paths, TRUE);
    g_array_free(inputs->folders, TRUE);
}

const size_t *inputs_folders(const struct inputs *inputs) {
    return (const size_t *)(const void *)inputs->folders->data;
}

size_t inputs_folder(const struct inputs *inputs, size_t number) {
    return inputs_folders(inputs)[number];
}

int inputs_descriptor(const struct inputs *inputs, size_t number) {
    int kept = kept_of(inputs, number);
    if (kept < 0 && number == 0 && inputs->held >= 0)
        return fcntl(inputs->held, F_DUPFD_CLOEXEC, 0);
    if (kept < 0)
        return input_descriptor(inputs->paths->pdata[number], inputs_folder(inputs, number));
    lseek(kept, 0, SEEK_SET);
    return fcntl(kept, F_DUPFD_CLOEXEC, 0);
}

/* There may be more of them than a process may open at first. */
int *inputs_open_all(const struct inputs *inputs) {
    guint count = inputs->paths->len;
    int *descriptors = g_new(int, count + 1);
    struct rlimit most;
    if (count > FEW_FILES && getrlimit(RLIMIT_NOFILE, &most) == 0) {
        most.rlim_cur = most.rlim_max;
        setrlimit(RLIMIT_NOFILE, &most);
    }
    for (guint i = 0; i < count; i++) {
        int fd = inputs_descriptor(inputs, i);
        descriptors[i] = fd >= 0 ? fd : -(errno ? errno : EBADF);
    }
    return descriptors;
}

/* One byte more than is read of an input tells that there is more. Returns 0 or an errno. */
static int copy_all(int from, int to) {
    static char part[65536];
    size_t copied = 0;
    while (copied <= LIMIT_INPUT_BYTES) {
        ssize_t got = read(from, part, sizeof part);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return errno;
        for (ssize_t done = 0, wrote; done < got; done += wrote)
            if ((wrote = write(to, part + done, (size_t)(got - done))) < 0)
                return errno;
        copied += got > 0 ? (size_t)got : 0;
    }
    lseek(to, 0, SEEK_SET);
    return 0;
}

struct copying {
    int from, to;
};

static int copy_apart(void *context) {
    const struct copying *c = context;
    return copy_all(c->from, c->to);
}

int descriptor_keep(const struct options *options, int fd) {
    struct copying copying = {fd, memfd_create("mailwhy-input", MFD_CLOEXEC)};
    int error = copying.to < 0 ? errno : reading_asked(options, copy_apart, &copying);
    close(fd);
    if (!error)
        return copying.to;
    if (copying.to >= 0)
        close(copying.to);
    errno = error;
    return -1;
}

void inputs_keep(const struct options *options, struct inputs *inputs) {
    for (guint i = inputs->kept->len; i < inputs->paths->len; i++) {
        int fd = inputs_can_reopen(inputs, i) ? -1 : inputs_descriptor(inputs, i);
        int kept = fd < 0 ? -1 : descriptor_keep(options, fd);
        g_array_append_val(inputs->kept, kept);
    }
}

bool inputs_can_reopen(const struct inputs *inputs, size_t number) {
    struct stat st;
    const char *path = inputs->paths->pdata[number];
    if (kept_of(inputs, number) >= 0 || inputs_folder(inputs, number)) /* a folder's are all regular files */
        return true;
    return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static int copy_of(int fd) {
    return fcntl(fd, F_DUPFD_CLOEXEC, 0);
}

/* Where there is no descriptor or memory for it, it is read once. */
static int keep_piped(const struct inputs *inputs, size_t number, int fd) {
    struct piped_input piped = {copy_of(fd), memfd_create("mailwhy-input", MFD_CLOEXEC), false};
    int copy = piped.fd >= 0 && piped.copy >= 0 ? copy_of(piped.copy) : -1;
    if (copy >= 0) {
        g_hash_table_insert(inputs->piped, GSIZE_TO_POINTER(number + 1), g_memdup2(&piped, sizeof piped));
        return copy;
    }
    if (piped.fd >= 0)
        close(piped.fd);
    if (piped.copy >= 0)
        close(piped.copy);
    return -1;
}

static struct crew_opened open_again(const struct inputs *inputs, size_t number, enum crew_reach reach) {
    struct piped_input *piped = g_hash_table_lookup(inputs->piped, GSIZE_TO_POINTER(number + 1));
    if (inputs_can_reopen(inputs, number))
        return (struct crew_opened){inputs_descriptor(inputs, number), -1};
    if (piped && reach == CREW_WHOLE)
        piped->is_whole = true;
    if (piped && piped->is_whole) {
        lseek(piped->copy, 0, SEEK_SET);
        return (struct crew_opened){copy_of(piped->copy), -1};
    }
    if (!piped || reach == CREW_CUT)
        return (struct crew_opened){-1, -1};
    return (struct crew_opened){copy_of(piped->fd), copy_of(piped->copy)};
}

struct crew_opened inputs_job(const struct inputs *inputs, size_t number, enum crew_reach reach,
                              const char *trouble, int *status) {
    if (reach != CREW_FIRST)
        return open_again(inputs, number, reach);
    int fd = inputs_descriptor(inputs, number);
    const char *why = fd < 0 ? g_strerror(errno) : NULL;
    g_autofree char *what = why && trouble ? g_strdup_printf("%s: %s", trouble, why) : g_strdup(why);
    if (what)
        complain_of_input(inputs->paths->pdata[number], what);
    *status = fd < 0 ? STATUS_NO_INPUT : STATUS_OK;
    bool is_piped = fd >= 0 && !inputs_can_reopen(inputs, number);
    return (struct crew_opened){fd, is_piped ? keep_piped(inputs, number, fd) : -1};
}

void inputs_end_job(const struct inputs *inputs, size_t number) {
    g_hash_table_remove(inputs->piped, GSIZE_TO_POINTER(number + 1));
}

static int look_at(void *context) {
    return log_descriptor_is_likely(*(const int *)context) ? STATUS_OK : STATUS_DATA;
}

bool inputs_is_log(const struct options *options, const struct inputs *inputs, size_t number) {
    if (!inputs_can_reopen(inputs, number))
        return false;
    int fd = inputs_descriptor(inputs, number);
    bool is_one = fd >= 0 && reading_asked(options, look_at, &fd) == STATUS_OK;
    if (fd >= 0)
        close(fd);
    return is_one;
}

bool inputs_are_logs(const struct options *options, const struct inputs *inputs) {
    for (guint i = 0; i < inputs->paths->len; i++)
        if (!inputs_is_log(options, inputs, i))
            return false;
    return inputs->paths->len > 0;
}

/* --- a mailbox --- */

#define FIRST_BYTES 8 /* more than tell what is compressed */
#define FIRST_LINE  4096

/* What there is at its beginning, which is still there afterwards. 0: that cannot be seen. */
static size_t look_ahead(int fd, char *bytes) {
    struct stat st;
    int pair[2];
    ssize_t got = 0;
    if (fstat(fd, &st) != 0)
        return 0;
    if (S_ISREG(st.st_mode)) {
        got = pread(fd, bytes, FIRST_BYTES, 0);
    } else if (S_ISFIFO(st.st_mode) && pipe2(pair, O_CLOEXEC) == 0) {
        if (tee(fd, pair[1], FIRST_BYTES, 0) > 0)
            got = read(pair[0], bytes, FIRST_BYTES);
        close(pair[0]);
        close(pair[1]);
    }
    return (size_t)MAX(got, 0);
}

/* As far as it can be seen. What is compressed may be one. */
static bool may_be_mailbox(int fd) {
    char bytes[FIRST_BYTES];
    struct slice first = {bytes, look_ahead(fd, bytes)};
    struct slice start = slice_upto(SLICE("From "), first.len);
    return slice_starts_nocase(first, start) || is_compressed(first) || !first.len;
}

static int look_for_mailbox(void *context) {
    static char start[FIRST_LINE];
    struct stream stream;
    const char *damage = NULL;
    stream_open(&stream, *(const int *)context, SLICE_EMPTY, NULL);
    size_t used = stream_fill(&stream, start, sizeof start, &damage);
    stream_close(&stream);
    return is_mbox((struct slice){start, used}) ? STATUS_OK : STATUS_DATA;
}

bool inputs_are_mailbox(const struct options *options, struct inputs *inputs) {
    int fd = inputs_descriptor(inputs, 0);
    bool may_be = fd >= 0 && may_be_mailbox(fd);
    if (fd >= 0 && inputs_can_reopen(inputs, 0))
        close(fd);
    else
        inputs->held = fd;
    if (!may_be)
        return false;
    inputs_keep(options, inputs);
    int looked = inputs_can_reopen(inputs, 0) ? inputs_descriptor(inputs, 0) : -1;
    bool is_one = looked >= 0 && reading_asked(options, look_for_mailbox, &looked) == STATUS_OK;
    if (looked >= 0)
        close(looked);
    return is_one;
}
