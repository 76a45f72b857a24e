/* What libmailwhy is for, in one program: bounces, replies and logs, on two threads.
 *     cc why.c $(pkg-config --cflags --libs mailwhy) -pthread -o why
 *     ./why bounce.eml mail.log "550 5.1.1 no such user"
 * An argument that names a file is a log where its name ends in .log, else a message; any other is a reply.
 */
#include <mailwhy.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct task { /* of one thread */
    const struct mailwhy *why;
    char **arguments;
    int count;
    int status;
};

static void complain(void *context, const char *text) {
    (void)context;
    fprintf(stderr, "why: %s\n", text);
}

static const char *shown(const char *text) {
    return text ? text : "-";
}

static void show_verdicts(struct mailwhy_worker *worker, const char *name) {
    struct mailwhy_verdict v = {.size = sizeof v};
    while (mailwhy_next(worker, &v))
        printf("%s\t%s\t%s\t%s\n", name, shown(v.recipient), shown(v.cause), shown(v.action));
}

static void show_delivery(void *context, const struct mailwhy_delivery *d) {
    printf("%s\t%s\t%s\t%s\n", (const char *)context, shown(d->recipient), shown(d->cause), d->outcome);
}

/* Up to 16 MiB of a file; NULL: it cannot be read. */
static char *read_file(const char *name, size_t *length) {
    FILE *file = fopen(name, "rb");
    size_t room = (size_t)16 << 20;
    char *bytes = file ? malloc(room) : NULL;
    *length = bytes ? fread(bytes, 1, room, file) : 0;
    if (file)
        fclose(file);
    return bytes;
}

static int explain(struct mailwhy_worker *worker, char *argument) {
    const char *const files[] = {argument};
    struct mailwhy_logs logs = {.size = sizeof logs, .files = files, .file_count = 1};
    struct mailwhy_input input = {.size = sizeof input, .name = argument};
    const char *end = strrchr(argument, '.');
    if (end && strcmp(end, ".log") == 0)
        return mailwhy_each_delivery(worker, &logs, show_delivery, argument);
    char *bytes = read_file(argument, &input.length);
    input.bytes = bytes;
    int status =
        bytes ? mailwhy_judge(worker, &input) : mailwhy_judge_reply(worker, argument, strlen(argument));
    show_verdicts(worker, argument);
    free(bytes);
    return status;
}

static void *work(void *context) {
    struct task *task = context;
    struct mailwhy_worker *worker = mailwhy_worker_new(task->why);
    for (int i = 0; i < task->count; i++) {
        int status = explain(worker, task->arguments[i]);
        task->status = status > task->status ? status : task->status;
    }
    mailwhy_worker_free(worker);
    return NULL;
}

int main(int argc, char **argv) {
    struct mailwhy_options options = {.size = sizeof options, .complain = complain};
    struct mailwhy *why = mailwhy_new(&options);
    if (!why)
        return 78;
    int half = (argc - 1) / 2;
    struct task first = {why, argv + 1, half, 0};
    struct task second = {why, argv + 1 + half, argc - 1 - half, 0};
    pthread_t thread;
    if (pthread_create(&thread, NULL, work, &first) != 0)
        return 71;
    work(&second);
    pthread_join(thread, NULL);
    mailwhy_free(why);
    return first.status > second.status ? first.status : second.status;
}
