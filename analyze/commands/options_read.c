/* Reading the command line by the table of options: see options_read.h and option_table.h. */
#define _GNU_SOURCE
#include "analyze/commands/options_read.h"

#include "analyze/commands/config_values.h"
#include "analyze/commands/configuration.h"
#include "analyze/commands/option_table.h"
#include "analyze/commands/when.h"
#include "analyze/report/brief.h"
#include "analyze/report/json.h"
#include "analyze/report/shell_word.h"
#include "parsers/base/nearest.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#define LISTS                                                                                                \
    (COMMAND_RULES_LIST | COMMAND_DNS_SHOW | COMMAND_CONFIG) /* whose text is for programs, or settings */

#define LONG_FIRST 256 /* getopt returns this plus the row's number for a long option */

/* An option as it was written: which row it means depends on the command, which may come after it. */
struct given {
    const char *name;  /* NULL: it is none */
    const char *value; /* NULL: no argument */
    char *wrong;       /* what is wrong with it; NULL: nothing yet */
};

/* --- what getopt is to know --- */

static void describe_options(GArray *longs, GString *letters) {
    g_string_append_c(letters, ':'); /* getopt then tells a missing argument from an unknown option */
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_rows[i];
        if (option_find(row->name, COMMAND_EVERY) != row)
            continue; /* another row has described that name */
        struct option described = {row->name, row->argument ? required_argument : no_argument, NULL,
                                   LONG_FIRST + (int)i};
        g_array_append_val(longs, described);
        if (row->letter)
            g_string_append_printf(letters, "%c%s", row->letter, row->argument ? ":" : "");
    }
}

static const struct option_row *row_of(int code) {
    if (code >= LONG_FIRST)
        return &option_rows[code - LONG_FIRST];
    for (size_t i = 0; i < option_count; i++)
        if (option_rows[i].letter == code)
            return &option_rows[i];
    return NULL;
}

/* Why getopt answered '?' or ':' */
static char *describe_error(int code, const GArray *longs, const char *argument) {
    const struct option_row *row = optopt ? row_of(optopt) : NULL;
    if (code == ':')
        return g_strdup_printf("--%s needs an argument: %s", row->name, row->argument);
    if (row)
        return g_strdup_printf("--%s takes no argument", row->name);
    if (optopt)
        return g_strdup_printf("unknown option -%c", optopt);
    unsigned similar = 0;
    for (guint i = 0; i < longs->len; i++)
        similar += g_str_has_prefix(g_array_index(longs, struct option, i).name, argument + 2);
    for (size_t i = 0; i < option_count; i++)
        for (size_t k = 0; option_rows[i].word && option_rows[i].word(k); k++)
            if (strcmp(option_rows[i].word(k), argument + 2) == 0)
                return g_strdup_printf("unknown option %s; did you mean --%s %s?", argument,
                                       option_rows[i].name, argument + 2);
    const char *name = NULL;
    struct nearest near = {
        .word = slice_upto(slice_of(argument + 2), strcspn(argument + 2, "=")), .names = &name, .most = 1};
    for (guint i = 0; i < longs->len; i++) {
        const char *known = g_array_index(longs, struct option, i).name;
        nearest_offer(&near, slice_of(known), known);
    }
    if (!similar && name)
        return g_strdup_printf("unknown option %s; did you mean --%s?", argument, name);
    return g_strdup_printf("%s option %s", similar ? "ambiguous" : "unknown", argument);
}

static void free_given(gpointer given) {
    g_free(((struct given *)given)->wrong);
}

/* A text that begins with a rule, as many reports do ("----- The following addresses …"), is no option. */
static bool is_ruled_text(int code, const char *argument) {
    return code == '?' && optopt == 0 && strncmp(argument, "---", 3) == 0;
}

/* Makes an argument that getopt took for an option the last of the operands, which stand from `optind` on. */
static void make_operand(int argc, char **argv, char *argument) {
    int at = 0;
    while (argv[at] != argument)
        at++;
    for (; at + 1 < argc; at++)
        argv[at] = argv[at + 1];
    argv[at] = argument;
    optind--;
}

static GArray *collect(int argc, char **argv) {
    GArray *given = g_array_new(FALSE, TRUE, sizeof(struct given));
    g_autoptr(GArray) longs = g_array_new(TRUE, TRUE, sizeof(struct option));
    g_autoptr(GString) letters = g_string_new(NULL);
    g_array_set_clear_func(given, free_given);
    describe_options(longs, letters);
    optind = 0; /* begin anew, also where a command line was read before */
    opterr = 0;
    g_autoptr(GPtrArray) ruled = g_ptr_array_new();
    for (int c;
         (c = getopt_long(argc, argv, letters->str, (struct option *)(void *)longs->data, NULL)) != -1;) {
        struct given one = {.value = optarg};
        if (is_ruled_text(c, argv[optind - 1])) {
            g_ptr_array_add(ruled, argv[optind - 1]);
            continue;
        }
        if (c == '?' || c == ':')
            one.wrong = describe_error(c, longs, argv[optind - 1]);
        else
            one.name = row_of(c)->name;
        g_array_append_val(given, one);
    }
    for (guint i = 0; i < ruled->len; i++)
        make_operand(argc, argv, g_ptr_array_index(ruled, i));
    return given;
}

/* --- the command, and what the options set for it --- */

static void find_command(struct options *o, const struct command *program) {
    o->program = o->command = program;
    while (o->argument_count) {
        const struct command *found = command_find(o->command, o->arguments[0]);
        if (!found)
            return;
        o->command = found;
        o->arguments++;
        o->argument_count--;
    }
}

static int apply(struct options *o, const struct given *given) {
    if (given->wrong)
        return usage_error(o->command, "%s", given->wrong);
    const struct option_row *row = option_find(given->name, o->command->bit);
    if (!row)
        return usage_error(o->command, "--%s is not an option here", given->name);
    if (given->value && !*given->value && !row->may_be_empty && !row->word && !row->kind->expected &&
        !row->most)
        return usage_error(o->command, "--%s is empty: it takes %s", row->name, row->argument);
    if (row->kind->set(row, given->value, (char *)o + row->member)) {
        configuration_note(o->configuration, row, given->value);
        return STATUS_OK;
    }
    g_autoptr(GString) expected = g_string_new(NULL);
    option_expected(row, expected);
    return usage_error(o->command, "--%s takes %s, not `%s`", row->name, expected->str, given->value);
}

static bool wants_color(const struct options *o) {
    const char *no_color = getenv("NO_COLOR");
    if (o->color != COLOR_AUTO)
        return o->color == COLOR_ALWAYS;
    return isatty(STDOUT_FILENO) && !o->output && !(no_color && no_color[0]);
}

static unsigned terminal_width(void) {
    struct winsize size;
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        return MIN(size.ws_col, 160);
    return 80;
}

/* What is written would take the place of what it is made from, or of the other thing that is written. */
static int refuse_own_input(const struct options *o) {
    const struct { const char *option, *path; } written[] = {{"-o", o->output}, {"--save", o->save}};
    struct stat output;
    struct stat input;
    if (o->output && o->save && strcmp(o->output, o->save) == 0)
        return usage_error(o->command, "-o and --save name the same file, %s", o->save);
    for (size_t k = 0; k < G_N_ELEMENTS(written); k++) {
        const char *path = written[k].path;
        if (!path || stat(path, &output) != 0 || !S_ISREG(output.st_mode))
            continue;
        for (size_t i = 0; i < o->argument_count; i++)
            if (stat(o->arguments[i], &input) == 0 && input.st_dev == output.st_dev &&
                input.st_ino == output.st_ino)
                return usage_error(o->command, "%s %s would overwrite the input %s", written[k].option, path,
                                   o->arguments[i]);
    }
    return STATUS_OK;
}

/* Zone files cannot be read any more when a log is. */
static void read_zone(struct options *o) {
    int64_t now = g_get_real_time() / G_USEC_PER_SEC;
    if (!option_find("tz", o->command->bit))
        return;
    o->clock.zone = o->zone = zone_new(o->tz);
    if (o->since)
        when_parse(o->since, o->zone, now, false, &o->filters.since);
    if (o->until)
        when_parse(o->until, o->zone, now, true, &o->filters.until);
}

/* As gettext chooses: LANGUAGE is a list, and counts only where the locale is not that of C. */
static const char *language_of_environment(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    const char *locale = NULL;
    for (size_t i = 0; i < G_N_ELEMENTS(names) && !(locale && *locale); i++)
        locale = getenv(names[i]);
    const char *list = getenv("LANGUAGE");
    bool is_c = !locale || !*locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0 ||
                g_str_has_prefix(locale, "C.");
    return is_c ? NULL : mailwhy_language_of(list && *list ? list : locale);
}

/* What is structured has neither reader nor language; of the pages only the customer's has a language. One
 * that the configuration names is for that page alone. */
static int choose_reader(struct options *o, bool names_language) {
    const char *reader = o->library.reader ? o->library.reader : mailwhy_reader_at(0);
    bool is_customers = strcmp(reader, "customer") == 0;
    if (o->library.reader && configuration_gave(o->configuration, "format") &&
        mailwhy_format_is_structured(o->format))
        o->format = mailwhy_format_at(0);
    if (o->library.reader && strcmp(reader, mailwhy_reader_at(0)) != 0 &&
        mailwhy_format_is_structured(o->format))
        return usage_error(o->command, "--for %s is of pages: --format %s is the same for every reader",
                           reader, mailwhy_format_name(o->format));
    if (names_language && !is_customers)
        return usage_error(o->command, "--lang is of the page --for customer; all else is in English");
    if (!is_customers)
        o->library.language = NULL;
    else if (!o->library.language)
        o->library.language = language_of_environment();
    return STATUS_OK;
}

/* Names alone where something is to be hidden: a value may be an address, or the name of a file. */
static void note_asked(struct options *o, const GArray *given) {
    o->asked = g_string_new(NULL);
    for (guint i = 0; i < given->len; i++) {
        const struct given *one = &g_array_index(given, struct given, i);
        if (!one->name || strcmp(one->name, "output") == 0 || strcmp(one->name, "format") == 0)
            continue;
        g_string_append_printf(o->asked, "%s--%s", o->asked->len ? " " : "", one->name);
        if (one->value && !o->library.redact && !o->library.redact_key_file)
            g_string_append_printf(o->asked, " %s", one->value);
    }
}

/* What such a report would look like is left to whoever asks for it. */
static void note_verify(struct options *o, const GArray *given) {
    static const char *const looks[] = {"output", "format", "color", "quiet", "no-pager", "width", NULL};
    if (o->command->bit != COMMAND_INPUTS)
        return;
    o->verify = g_string_new("mailwhy verify");
    for (guint i = 0; i < given->len && !o->library.redact && !o->library.redact_key_file; i++) {
        const struct given *one = &g_array_index(given, struct given, i);
        const struct option_row *row = one->name ? option_find(one->name, COMMAND_VERIFY) : NULL;
        gsize before = o->verify->len;
        if (!row || g_strv_contains(looks, row->name))
            continue;
        g_string_append_printf(o->verify, " --%s%s", row->name, one->value ? "=" : "");
        if (one->value && !shell_word(o->verify, slice_of(one->value)))
            g_string_truncate(o->verify, before);
    }
}

/* What is written for programs is neither redacted nor cleaned for a terminal. */
static int refuse_for_stage(struct options *o) {
    if (configuration_gave(o->configuration, "redact"))
        o->library.redact = false;
    if (o->library.redact)
        return usage_error(o->command, "what --partial and --emit events write cannot be redacted: give "
                                       "--redact to the step that writes the report");
    bool is_of_events = !o->stage.partial && o->format == &format_ndjson; /* it asks for richer ones */
    if (o->format != mailwhy_format_at(0) && !is_of_events && !configuration_gave(o->configuration, "format"))
        return usage_error(o->command,
                           "what --partial and --emit events write is no report: give --format %s to the "
                           "step that writes one",
                           mailwhy_format_name(o->format));
    if (!o->output && isatty(STDOUT_FILENO))
        return usage_error(o->command, "what --partial and --emit events write is not for a terminal: give "
                                       "-o FILE, or hand it to the next step");
    return STATUS_OK;
}

int options_read(struct options *o, int argc, char **argv, const struct command *program) {
    g_autoptr(GArray) given = collect(argc, argv);
    int status = STATUS_OK;
    o->arguments = (const char *const *)argv + optind;
    o->argument_count = (size_t)(argc - optind);
    find_command(o, program);
    o->configuration = configuration_new();
    for (guint i = 0; status == STATUS_OK && i < given->len && o->show == SHOW_NOTHING; i++)
        status = apply(o, &g_array_index(given, struct given, i));
    bool names_language = o->library.language != NULL;
    if (status == STATUS_OK && o->show == SHOW_NOTHING)
        status = configuration_read_default(o);
    note_asked(o, given);
    note_verify(o, given);
    if (status == STATUS_OK)
        status = refuse_own_input(o);
    if (status == STATUS_OK && o->dns_after_files->len && !o->dns_files->len)
        status = usage_error(o->command, "--dns-after needs --dns, a snapshot of before");
    if (status == STATUS_OK && (o->stage.partial || o->stage.emit != STAGE_ALL))
        status = refuse_for_stage(o);
    if (status == STATUS_OK)
        status = choose_reader(o, names_language);
    if (o->quiet && o->format == mailwhy_format_at(0) && !(o->command->bit & LISTS))
        o->format = &format_brief;
    if (status == STATUS_OK)
        read_zone(o);
    if (!o->library.width)
        o->library.width = terminal_width();
    o->library.color = wants_color(o);
    return status;
}
