/* What mailwhy.h promises, held on the library as it is installed: prints a line for each promise that does
 * not hold. library BOUNCE LOG ZONE */
#include <mailwhy.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int forks, sockets, faults;

/* The library calls these in place of the C library's. */
pid_t fork(void) {
    forks++;
    return -1;
}

int socket(int domain, int type, int protocol) {
    (void)domain, (void)type, (void)protocol;
    sockets++;
    return -1;
}

/* Names that the library and its modules use among themselves (parsers/base/module_names.h), and that a
 * program may have too: neither calls the other's. */
#define NAME_OF_OURS(name)                                                                                   \
    void name(void) {                                                                                        \
        abort();                                                                                             \
    }
NAME_OF_OURS(arena_alloc)
NAME_OF_OURS(text_short)
NAME_OF_OURS(pattern_check)
NAME_OF_OURS(ip_parse)
NAME_OF_OURS(mime_begin)
NAME_OF_OURS(registrable_domain)
NAME_OF_OURS(engine_table)

static void hold(int holds, const char *what) {
    if (!holds)
        printf("%s\n", what);
    faults += !holds;
}

struct text {
    char *bytes;
    size_t length;
};

static void append(void *context, const char *bytes, size_t length) {
    struct text *t = context;
    t->bytes = realloc(t->bytes, t->length + length + 1);
    memcpy(t->bytes + t->length, bytes, length);
    t->bytes[t->length += length] = '\0';
}

static struct text read_file(const char *name) {
    struct text t = {calloc(1, 1 << 20), 0};
    FILE *file = fopen(name, "rb");
    t.length = fread(t.bytes, 1, (1 << 20) - 1, file);
    fclose(file);
    return t;
}

static int count_complaints(char *const *said) {
    int count = 0;
    while (said[count])
        count++;
    return count;
}

static void complain(void *context, const char *text) {
    char **said = context;
    said[count_complaints(said)] = strdup(text);
}

static const char *cause_of(struct mailwhy_worker *worker, const struct text *bounce) {
    struct mailwhy_input input = {
        .size = sizeof input, .name = "b", .bytes = bounce->bytes, .length = bounce->length};
    static _Thread_local struct mailwhy_verdict verdict;
    verdict = (struct mailwhy_verdict){.size = sizeof verdict};
    mailwhy_judge(worker, &input);
    return mailwhy_next(worker, &verdict) && verdict.cause ? verdict.cause : "";
}

static void check_sizes(struct mailwhy_worker *worker, char *const *said) {
    struct mailwhy_input unsized = {.name = "b"};
    struct {
        struct mailwhy_input input;
        int later;
    } newer = {{.size = sizeof newer, .name = "b", .bytes = "x", .length = 1}, 0};
    struct mailwhy_options none = {0};
    struct mailwhy_verdict old = {.size = offsetof(struct mailwhy_verdict, cause)};
    old.cause = "untouched";
    hold(mailwhy_judge(worker, &unsized) == MAILWHY_USAGE && count_complaints(said) == 1,
         "a struct without a size");
    hold(mailwhy_judge(worker, &newer.input) == MAILWHY_DATA, "a newer struct that asks for nothing new");
    newer.later = 1;
    hold(mailwhy_judge(worker, &newer.input) == MAILWHY_USAGE, "a newer struct that asks for something new");
    hold(mailwhy_new(&none) == NULL, "options without a size");
    unsized = (struct mailwhy_input){.size = sizeof unsized, .length = 1};
    hold(mailwhy_judge(worker, &unsized) == MAILWHY_USAGE &&
             mailwhy_judge_reply(worker, NULL, 1) == MAILWHY_USAGE,
         "a length without bytes");
    mailwhy_judge_reply(worker, "550 5.1.1 no such user", 22);
    hold(mailwhy_next(worker, &old) && strcmp(old.cause, "untouched") == 0 && old.recipient == NULL,
         "an older struct is filled as far as it goes");
    hold(!mailwhy_next(worker, &old), "one verdict of a reply");
}

static void check_verdict(struct mailwhy_worker *worker, const struct text *bounce) {
    struct mailwhy_verdict v = {.size = sizeof v};
    hold(strcmp(cause_of(worker, bounce), "blocklist.spamhaus") == 0, "the cause of the bounce");
    mailwhy_judge_reply(worker, "452 4.2.2 mailbox full", 22);
    hold(mailwhy_next(worker, &v), "a verdict of a reply");
    hold(v.code == 452 && strcmp(v.enhanced, "4.2.2") == 0 && strcmp(v.cause, "recipient.full") == 0,
         "its members");
    hold(v.permanent == 0 && v.retry_after_s == -1 && v.recipient == NULL && v.kind == NULL,
         "members that are not known");
    hold(strncmp(v.json, "{\"reply\":", 9) == 0 && v.json[strlen(v.json) - 1] == '}', "its JSON");
}

static void check_odd_names(void) {
    static const char *const hole[] = {NULL}, *const part[] = {"192.0.2"}, *const world[] = {".co.uk"};
    static const struct mailwhy_options good = {.size = sizeof good};
    struct {
        struct mailwhy_options options;
        const char *what;
    } odd[] = {
        {good, "no name to trust"}, {good, "half an address"}, {good, "a registry"}, {good, "a width"}};
    odd[0].options.trusted = hole;
    odd[0].options.trusted_count = 1;
    odd[1].options.trusted = part;
    odd[1].options.trusted_count = 1;
    odd[2].options.own = world;
    odd[2].options.own_count = 1;
    odd[3].options.width = 3;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        hold(mailwhy_new(&odd[i].options) == NULL, odd[i].what);
}

static void forget(char **said) {
    for (int i = 0; said[i]; i++)
        free(said[i]);
}

static void check_errors(const char *zone) {
    const char *const wrong[] = {"/nonexistent.yaml", zone};
    char *said[200] = {NULL};
    struct mailwhy_options options = {.size = sizeof options,
                                      .complain = complain,
                                      .context = said,
                                      .rule_files = wrong,
                                      .rule_file_count = 2};
    hold(mailwhy_new(&options) == NULL, "rule files that are none are refused");
    hold(count_complaints(said) >= 2 && strstr(said[0], "/nonexistent.yaml") && strstr(said[1], zone),
         "each is complained of");
    for (int i = 0; said[i]; i++) {
        hold(said[i][0] != ' ' && said[i][strlen(said[i]) - 1] != '\n',
             "a complaint is one error, and whole");
    }
    forget(said);
}

struct sharing {
    const struct mailwhy *why;
    const struct text *bounce;
    int right;
};

static void *judge_often(void *context) {
    struct sharing *s = context;
    struct mailwhy_worker *worker = mailwhy_worker_new(s->why);
    for (int i = 0; i < 50; i++)
        s->right += strcmp(cause_of(worker, s->bounce), "blocklist.spamhaus") == 0;
    mailwhy_worker_free(worker);
    return NULL;
}

static void check_threads(const struct mailwhy *why, const struct text *bounce) {
    struct sharing shared[4];
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) {
        shared[i] = (struct sharing){why, bounce, 0};
        pthread_create(&threads[i], NULL, judge_often, &shared[i]);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        hold(shared[i].right == 50, "threads have the same verdicts");
    }
}

static void check_dns(const struct text *zone, const struct text *bounce) {
    char *said[200] = {NULL};
    const char *const domains[] = {"example.com"};
    struct text from_text = {NULL, 0}, later = {NULL, 0};
    struct mailwhy_options options = {.size = sizeof options,
                                      .complain = complain,
                                      .context = said,
                                      .dns_text = zone->bytes,
                                      .dns_length = zone->length};
    struct mailwhy_audit audit = {
        .size = sizeof audit, .domains = domains, .domain_count = 1, .ip = "192.0.2.5"};
    struct mailwhy *why = mailwhy_new(&options);
    struct mailwhy_worker *worker = mailwhy_worker_new(why);
    hold(mailwhy_report_audit(worker, &audit, mailwhy_format_find("json"), append, &from_text) == MAILWHY_OK,
         "an audit");
    hold(from_text.bytes && strstr(from_text.bytes, "\"check\":\"ptr\"") != NULL, "it has its checks");
    audit.ip = "x";
    hold(mailwhy_report_audit(worker, &audit, mailwhy_format_find("json"), append, &later) == MAILWHY_USAGE,
         "an audit of no address");
    hold(later.length == 0 && said[0] && strstr(said[0], "address"),
         "it is complained of, and nothing is written");
    check_threads(why, bounce);
    mailwhy_worker_free(worker);
    mailwhy_free(why);
    hold(forks == 0, "no process unless asked");
    options.second_opinion = true;
    why = mailwhy_new(&options);
    worker = mailwhy_worker_new(why);
    hold(forks > 0, "a process where it was asked for");
    mailwhy_worker_free(worker);
    mailwhy_free(why);
    free(from_text.bytes);
    forget(said);
}

struct counting {
    int count, refused;
    char first[64];
};

static void count_delivery(void *context, const struct mailwhy_delivery *d) {
    struct counting *c = context;
    if (c->count++ == 0)
        snprintf(c->first, sizeof c->first, "%s", d->queue_id);
    c->refused += d->cause != NULL;
    hold(d->json[strlen(d->json) - 1] == '}' && d->outcome && d->line > 0, "a delivery is whole");
}

/* What would be of no use, or cannot be: each is refused by itself. */
static void check_odd_logs(struct mailwhy_worker *worker, struct mailwhy_logs good) {
    static const char *const hole[] = {NULL};
    struct counting none = {0};
    struct {
        struct mailwhy_logs logs;
        const char *what;
    } odd[] = {
        {good, "a year"}, {good, "threads"}, {good, "rows"}, {good, "a cause"}, {good, "a missing name"}};
    odd[0].logs.year = 99999;
    odd[1].logs.jobs = 1000000;
    odd[2].logs.top = 1000000;
    odd[3].logs.cause = "no.such";
    odd[4].logs.bytes = NULL;
    odd[4].logs.files = hole;
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        hold(mailwhy_each_delivery(worker, &odd[i].logs, count_delivery, &none) == MAILWHY_USAGE,
             odd[i].what);
    hold(none.count == 0, "no delivery of what was refused");
}

static void check_logs(struct mailwhy_worker *worker, const char *file, const struct text *log) {
    const char *const files[] = {file}, *const none[] = {"/nonexistent.log"};
    struct counting of_file = {0}, of_bytes = {0}, of_some = {0};
    struct text report = {NULL, 0};
    struct mailwhy_logs logs = {.size = sizeof logs, .files = files, .file_count = 1, .tz = "UTC"};
    hold(mailwhy_each_delivery(worker, &logs, count_delivery, &of_file) == MAILWHY_OK,
         "deliveries of a file");
    logs.bytes = log->bytes;
    logs.length = log->length;
    hold(mailwhy_each_delivery(worker, &logs, count_delivery, &of_bytes) == MAILWHY_OK,
         "deliveries from memory");
    hold(of_file.count > 3 && of_file.refused > 0 && memcmp(&of_file, &of_bytes, sizeof of_file) == 0,
         "they are the same");
    logs.cause = "relay";
    mailwhy_each_delivery(worker, &logs, count_delivery, &of_some);
    hold(of_some.count > 0 && of_some.count < of_file.count, "some were asked for");
    logs.cause = NULL;
    mailwhy_report_logs(worker, &logs, mailwhy_format_find("json"), append, &report);
    hold(report.bytes && strstr(report.bytes, "\"outcomes\"") && !strstr(report.bytes, file), "the report");
    check_odd_logs(worker, logs);
    logs.bytes = NULL;
    logs.files = none;
    hold(mailwhy_each_delivery(worker, &logs, count_delivery, &of_some) == MAILWHY_NO_INPUT,
         "a log that is not there");
    logs.tz = "Nowhere/Land";
    hold(mailwhy_each_delivery(worker, &logs, count_delivery, &of_some) == MAILWHY_USAGE,
         "a zone that does not exist");
    free(report.bytes);
}

int main(int argc, char **argv) {
    if (argc != 4)
        return 64;
    struct text bounce = read_file(argv[1]), log = read_file(argv[2]), zone = read_file(argv[3]);
    char *said[200] = {NULL};
    struct mailwhy_options options = {.size = sizeof options, .complain = complain, .context = said};
    struct mailwhy_options hides = {.size = sizeof hides, .redact = true};
    struct mailwhy *why = mailwhy_new(&options);
    struct mailwhy_worker *worker = mailwhy_worker_new(why);
    struct mailwhy *hiding = mailwhy_new(&hides);
    struct mailwhy_worker *hider = mailwhy_worker_new(hiding);
    struct mailwhy_verdict v = {.size = sizeof v};
    check_sizes(worker, said);
    check_verdict(worker, &bounce);
    check_errors(argv[3]);
    check_odd_names();
    check_dns(&zone, &bounce);
    check_logs(worker, argv[2], &log);
    check_threads(why, &bounce);
    mailwhy_judge_reply(hider, "550 5.1.1 <kim.secret@example.org> unknown user", 47);
    hold(mailwhy_next(hider, &v) && !strstr(v.json, "kim.secret") && !strstr(v.reply, "kim.secret"),
         "what is redacted is hidden");
    mailwhy_worker_free(hider);
    mailwhy_free(hiding);
    mailwhy_worker_free(worker);
    mailwhy_free(why);
    hold(sockets == 0, "no socket");
    forget(said);
    free(bounce.bytes), free(log.bytes), free(zone.bytes);
    printf("%d promises do not hold\n", faults);
    return faults != 0;
}
