/* mailwhy: the command line. Commands and options are tables; docs/mailwhy.1 describes them. */
#define _GNU_SOURCE
#include "analyze/chain/trust.h"
#include "analyze/commands/options.h"
#include "parsers/base/date.h"

#include <getopt.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char usage[] =
    "mailwhy says why mail was rejected: who refused it, why, who can fix it and how.\n"
    "  mailwhy bounce.eml …          explain bounces, messages, mailboxes, folders\n"
    "  mailwhy < bounce.eml          the same, from a pipe\n"
    "  mailwhy reply \"550 5.7.1 …\"   explain one error text (or one per line on standard input)\n"
    "  mailwhy explain [CAUSE]       what a cause means and how to mend it; more: mailwhy --help\n";

static const char help[] =
    "usage: mailwhy [OPTION]... [FILE|DIR|-]...\n"
    "       mailwhy reply [TEXT]...\n"
    "       mailwhy log FILE...\n"
    "       mailwhy explain [CAUSE]...\n"
    "       mailwhy rules check|test|list [FILE...]\n"
    "       mailwhy rules missing INPUT...\n"
    "       mailwhy dns needs|capture|show [INPUT]...\n"
    "       mailwhy audit --domain DOMAIN --ip ADDRESS --dns FILE\n"
    "\n"
    "  -f, --format FORMAT       text, markdown, html, json or ndjson\n"
    "  -o, --output FILE         write there, whole or not at all\n"
    "      --rules FILE          rules of your own, before the built-in ones (repeatable)\n"
    "      --no-builtin-rules    leave the built-in reply rules out\n"
    "      --trust HOST|CIDR     a host of yours: what it wrote is believed (repeatable)\n"
    "      --redact              replace local parts, subjects and tokens by pseudonyms\n"
    "      --log FILE            a log in which the story of each bounce is looked up (repeatable)\n"
    "      --dns FILE            a DNS snapshot, on which everything is verified again (repeatable)\n"
    "      --server ADDRESS      the name server that `dns capture` asks\n"
    "      --helo NAME --selector NAME    of `audit`: how the server calls itself, under what its key is "
    "published\n"
    "      --since TIME --until TIME --sender ADDRESS --recipient ADDRESS --domain DOMAIN\n"
    "      --cause CAUSE --queue-id ID --message-id ID    only such deliveries of a log\n"
    "      --top N               rows per table of a log report (default: 10)\n"
    "  -j, --jobs N              threads (default: one per processor)\n"
    "      --progress            show progress; --no-progress: never\n"
    "      --color WHEN          auto, always or never\n"
    "  -q, --quiet   -v, --verbose   -V, --version   -h, --help\n"
    "\n"
    "Exit status: 0 all inputs were analysed; 64 usage; 65 an input was damaged or not understood;\n"
    "66 an input could not be opened; 74 the report could not be written; 78 a rule or DNS file is wrong.\n";

enum {
    OPT_RULES = 256,
    OPT_NO_BUILTIN,
    OPT_TRUST,
    OPT_REDACT,
    OPT_PROGRESS,
    OPT_NO_PROGRESS,
    OPT_COLOR,
    OPT_TOP,
    OPT_SINCE,
    OPT_UNTIL,
    OPT_SENDER,
    OPT_RECIPIENT,
    OPT_DOMAIN,
    OPT_CAUSE,
    OPT_QUEUE_ID,
    OPT_MESSAGE_ID,
    OPT_LOG,
    OPT_DNS,
    OPT_IP,
    OPT_HELO,
    OPT_SELECTOR,
    OPT_SERVER
};

static const struct option long_options[] = {
    {"format", required_argument, NULL, 'f'},
    {"output", required_argument, NULL, 'o'},
    {"rules", required_argument, NULL, OPT_RULES},
    {"no-builtin-rules", no_argument, NULL, OPT_NO_BUILTIN},
    {"trust", required_argument, NULL, OPT_TRUST},
    {"redact", no_argument, NULL, OPT_REDACT},
    {"jobs", required_argument, NULL, 'j'},
    {"progress", no_argument, NULL, OPT_PROGRESS},
    {"no-progress", no_argument, NULL, OPT_NO_PROGRESS},
    {"color", required_argument, NULL, OPT_COLOR},
    {"log", required_argument, NULL, OPT_LOG},
    {"dns", required_argument, NULL, OPT_DNS},
    {"ip", required_argument, NULL, OPT_IP},
    {"helo", required_argument, NULL, OPT_HELO},
    {"selector", required_argument, NULL, OPT_SELECTOR},
    {"server", required_argument, NULL, OPT_SERVER},
    {"top", required_argument, NULL, OPT_TOP},
    {"since", required_argument, NULL, OPT_SINCE},
    {"until", required_argument, NULL, OPT_UNTIL},
    {"sender", required_argument, NULL, OPT_SENDER},
    {"recipient", required_argument, NULL, OPT_RECIPIENT},
    {"domain", required_argument, NULL, OPT_DOMAIN},
    {"cause", required_argument, NULL, OPT_CAUSE},
    {"queue-id", required_argument, NULL, OPT_QUEUE_ID},
    {"message-id", required_argument, NULL, OPT_MESSAGE_ID},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"version", no_argument, NULL, 'V'},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static const struct command commands[] = {{"reply", command_reply}, {"explain", command_explain},
                                          {"rules", command_rules}, {"log", command_log},
                                          {"dns", command_dns},     {"audit", command_audit}};

static int __attribute__((format(printf, 1, 2))) usage_error(const char *format, ...) {
    va_list args;
    va_start(args, format);
    fputs("mailwhy: ", stderr);
    vfprintf(stderr, format, args);
    fputs(" (mailwhy --help)\n", stderr);
    va_end(args);
    return STATUS_USAGE;
}

static int set_format(struct options *o, const char *name) {
    g_autoptr(GString) names = g_string_new(NULL);
    o->format = mailwhy_format_find(name);
    for (size_t i = 0; mailwhy_format_at(i); i++)
        g_string_append_printf(names, "%s%s",
                               !i                         ? ""
                               : mailwhy_format_at(i + 1) ? ", "
                                                          : " or ",
                               mailwhy_format_name(mailwhy_format_at(i)));
    return o->format ? STATUS_OK : usage_error("unknown format `%s`; expected %s", name, names->str);
}

static int set_jobs(struct options *o, const char *text) {
    char *end;
    long n = strtol(text, &end, 10);
    if (*end || n < 1 || n > 1024)
        return usage_error("--jobs takes a number from 1 to 1024, not `%s`", text);
    o->jobs = (unsigned)n;
    return STATUS_OK;
}

static int set_color(struct options *o, const char *when) {
    const char *no_color = getenv("NO_COLOR");
    if (strcmp(when, "auto") == 0)
        o->library.color = isatty(STDOUT_FILENO) && !o->output && !(no_color && no_color[0]);
    else if (strcmp(when, "always") == 0 || strcmp(when, "never") == 0)
        o->library.color = when[0] == 'a';
    else
        return usage_error("--color takes auto, always or never, not `%s`", when);
    return STATUS_OK;
}

static int set_top(struct options *o, const char *text) {
    char *end;
    long n = strtol(text, &end, 10);
    if (*end || n < 1 || n > 100000)
        return usage_error("--top takes a number from 1 to 100000, not `%s`", text);
    o->top = (unsigned)n;
    return STATUS_OK;
}

static int set_time(int64_t *time, const char *option, const char *text) {
    *time = date_parse(slice_of(text));
    return *time == -1 ? usage_error("%s takes a time as 2026-11-24T09:00:00, not `%s`", option, text)
                       : STATUS_OK;
}

static const struct {
    int option;
    size_t offset; /* of the text in struct options */
} texts[] = {
    {OPT_SENDER, offsetof(struct options, filters.sender)},
    {OPT_RECIPIENT, offsetof(struct options, filters.recipient)},
    {OPT_DOMAIN, offsetof(struct options, filters.domain)},
    {OPT_CAUSE, offsetof(struct options, filters.cause)},
    {OPT_QUEUE_ID, offsetof(struct options, filters.queue_id)},
    {OPT_MESSAGE_ID, offsetof(struct options, filters.message_id)},
    {OPT_IP, offsetof(struct options, ip)},
    {OPT_HELO, offsetof(struct options, helo)},
    {OPT_SERVER, offsetof(struct options, server)},
};

static int set_text(struct options *o, int option) {
    if (option == OPT_DOMAIN)
        g_ptr_array_add(o->domains, optarg);
    if (option == OPT_SINCE)
        return set_time(&o->filters.since, "--since", optarg);
    if (option == OPT_UNTIL)
        return set_time(&o->filters.until, "--until", optarg);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        if (texts[i].option == option) {
            *(const char **)(void *)((char *)o + texts[i].offset) = optarg;
            return STATUS_OK;
        }
    return STATUS_USAGE; /* getopt has said what is wrong */
}

static int set_option(struct options *o, int option, const char **color) {
    switch (option) {
    case 'f':
        return set_format(o, optarg);
    case 'o':
        o->output = optarg;
        return STATUS_OK;
    case 'j':
        return set_jobs(o, optarg);
    case 'q':
        o->quiet = true;
        return STATUS_OK;
    case 'v':
        o->library.verbose = true;
        return STATUS_OK;
    case OPT_RULES:
        g_ptr_array_add(o->rule_files, optarg);
        return STATUS_OK;
    case OPT_NO_BUILTIN:
        o->library.no_builtin_rules = true;
        return STATUS_OK;
    case OPT_TRUST:
        g_ptr_array_add(o->trusted, optarg);
        return trust_entry_is_valid(optarg)
                   ? STATUS_OK
                   : usage_error("--trust: `%s` is no host, address or CIDR", optarg);
    case OPT_REDACT:
        o->library.redact = true;
        return STATUS_OK;
    case OPT_PROGRESS:
    case OPT_NO_PROGRESS:
        o->progress = option == OPT_PROGRESS;
        return STATUS_OK;
    case OPT_COLOR:
        *color = optarg;
        return STATUS_OK;
    case OPT_LOG:
        g_ptr_array_add(o->logs, optarg);
        return STATUS_OK;
    case OPT_DNS:
        g_ptr_array_add(o->dns_files, optarg);
        return STATUS_OK;
    case OPT_SELECTOR:
        g_ptr_array_add(o->selectors, optarg);
        return STATUS_OK;
    case OPT_TOP:
        return set_top(o, optarg);
    default:
        return set_text(o, option);
    }
}

static unsigned terminal_width(void) {
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return MIN(size.ws_col, 160);
    return 80;
}

struct mailwhy *options_load(const struct options *options) {
    struct mailwhy_options *library = (struct mailwhy_options *)&options->library;
    library->rule_files = (const char *const *)options->rule_files->pdata;
    library->rule_file_count = options->rule_files->len;
    library->trusted = (const char *const *)options->trusted->pdata;
    library->trusted_count = options->trusted->len;
    library->dns_files = (const char *const *)options->dns_files->pdata;
    library->dns_file_count = options->dns_files->len;
    return mailwhy_new(library, stderr);
}

/* Returns an exit status, or -1 to go on. */
static int read_options(struct options *o, int argc, char **argv) {
    const char *color = "auto";
    for (int c; (c = getopt_long(argc, argv, "f:o:j:qvVh", long_options, NULL)) != -1;) {
        if (c == 'V') {
            printf("mailwhy %s\n", mailwhy_version());
            return STATUS_OK;
        }
        if (c == 'h') {
            fputs(help, stdout);
            return STATUS_OK;
        }
        int status = set_option(o, c, &color);
        if (status)
            return status;
    }
    o->arguments = (const char *const *)argv + optind;
    o->argument_count = (size_t)(argc - optind);
    o->library.width = terminal_width();
    int status = set_color(o, color);
    return status ? status : -1;
}

static int run(struct options *o) {
    const char *word = o->argument_count ? o->arguments[0] : "";
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (strcmp(commands[i].name, word) == 0) {
            o->arguments++;
            o->argument_count--;
            return commands[i].run(o);
        }
    if (o->argument_count == 0 && isatty(STDIN_FILENO)) {
        fputs(usage, stderr);
        return STATUS_USAGE;
    }
    return command_explain_inputs(o);
}

int main(int argc, char **argv) {
    setlocale(LC_CTYPE, "");
    struct options o = {.format = mailwhy_format_at(0),
                        .jobs = g_get_num_processors(),
                        .progress = -1,
                        .filters = {.since = -1, .until = -1}};
    o.rule_files = g_ptr_array_new();
    o.trusted = g_ptr_array_new();
    o.logs = g_ptr_array_new();
    o.dns_files = g_ptr_array_new();
    o.domains = g_ptr_array_new();
    o.selectors = g_ptr_array_new();
    int status = read_options(&o, argc, argv);
    if (status < 0)
        status = run(&o);
    g_ptr_array_free(o.rule_files, TRUE);
    g_ptr_array_free(o.trusted, TRUE);
    g_ptr_array_free(o.logs, TRUE);
    g_ptr_array_free(o.dns_files, TRUE);
    g_ptr_array_free(o.domains, TRUE);
    g_ptr_array_free(o.selectors, TRUE);
    return status;
}
