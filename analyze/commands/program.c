/* The program: see program.h. */
#define _GNU_SOURCE
#include "analyze/commands/program.h"

#include "analyze/commands/command_table.h"
#include "analyze/commands/giving_up.h"
#include "analyze/commands/help.h"
#include "analyze/commands/inherited.h"
#include "analyze/commands/option_table.h"
#include "analyze/commands/options_read.h"
#include "analyze/commands/output.h"
#include "analyze/commands/pager.h"
#include "analyze/commands/pipe_guard.h"
#include "parsers/base/smtp_reply.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static const char reminder[] =
    "mailwhy says why mail was rejected: who refused it, why, who can fix it and how.\n"
    "  mailwhy bounce.eml …          explain bounces, messages, mailboxes, folders\n"
    "  mailwhy < bounce.eml          the same, from a pipe\n"
    "  mailwhy reply \"550 5.7.1 …\"   explain one error text (or one per line on standard input)\n"
    "  mailwhy explain [CAUSE]       what a cause means and how to fix it; more: mailwhy --help\n";

static int complain_of_sub_command(const struct options *o) {
    g_autoptr(GString) expected = g_string_new(NULL);
    command_words(o->command, expected);
    if (!o->argument_count)
        return usage_error(o->command, "expected %s", expected->str);
    const char *near = command_nearest(o->command, o->arguments[0]);
    return usage_error(o->command, "expected %s, not `%s`%s%s%s", expected->str, o->arguments[0],
                       near ? "; did you mean `" : "", near ? near : "", near ? "`?" : "");
}

static bool is_no_file(const char *word) {
    return access(word, F_OK) != 0 && errno == ENOENT;
}

/* A first word that is no file, but looks like a command. */
static bool is_mistyped_command(const struct options *o) {
    const char *word = o->argument_count ? o->arguments[0] : "/";
    return !strpbrk(word, "/.") && is_no_file(word) && command_nearest(o->program, word);
}

/* Several words, none a file: the first is a code of SMTP, or none has the form of a file's name. */
static bool are_words(const struct options *o) {
    bool is_code =
        o->argument_count && reply_code(slice_of(o->arguments[0])) >= 400 && strlen(o->arguments[0]) == 3;
    for (size_t i = 0; i < o->argument_count; i++)
        if (!is_no_file(o->arguments[i]) || (!is_code && strpbrk(o->arguments[i], "/.-")))
            return false;
    return o->argument_count > 1;
}

/* A first word that holds words, and is no file, or words that are: a reply. */
static bool is_mistaken_reply(const struct options *o) {
    const char *word = o->argument_count ? o->arguments[0] : "";
    return (strchr(word, ' ') && is_no_file(word)) || are_words(o);
}

/* A command behind what it is to read, and no file; NULL: there is none. */
static const char *late_command(const struct options *o) {
    for (size_t i = 1; i < o->argument_count; i++) {
        const char *word = o->arguments[i];
        const struct command *c = command_find(o->program, word);
        if (c && c->summary && is_no_file(word))
            return word;
    }
    return NULL;
}

/* Is what stands on the command line without a command no input? Says so. */
static bool is_misplaced(const struct options *o) {
    const char *word = o->argument_count ? o->arguments[0] : "/";
    const char *late = late_command(o);
    if (is_mistyped_command(o))
        usage_error(o->program, "there is no file and no command `%s`; did you mean `mailwhy %s`?", word,
                    command_nearest(o->program, word));
    else if (is_mistaken_reply(o))
        usage_error(o->program, "there is no file of this name; a reply is explained by: mailwhy reply TEXT");
    else if (late)
        usage_error(o->program, "there is no file `%s`; a command stands first: mailwhy %s %s", late, late,
                    word);
    else if (option_find(word, COMMAND_INPUTS) && access(word, F_OK) != 0)
        usage_error(o->program, "there is no file and no command `%s`; did you mean `mailwhy --%s`?", word,
                    word);
    else
        return false;
    return true;
}

/* What is typed is read: who waits for an answer is told that it waits for them. */
static void tell_of_keyboard(const struct options *o) {
    const unsigned readers = COMMAND_INPUTS | COMMAND_REPLY | COMMAND_LOG | COMMAND_VERIFY |
                             COMMAND_RULES_MISSING | COMMAND_RULES_DRAFT | COMMAND_DNS_NEEDS |
                             COMMAND_DNS_CAPTURE | COMMAND_CONFIG_INIT;
    bool is_named = !o->argument_count && !o->domains->len;
    for (size_t i = 0; i < o->argument_count; i++)
        is_named |= strcmp(o->arguments[i], "-") == 0;
    if ((o->command->bit & readers) && is_named && !o->quiet && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
        fputs("mailwhy: reading what you type or paste here; Ctrl-D on a line of its own ends it\n", stderr);
}

/* Pages go to a terminal as it can show them; what programs read, and files, are always UTF-8. */
static bool needs_plain_signs(const struct options *o) {
    return !o->output && isatty(STDOUT_FILENO) && !g_get_charset(NULL) &&
           !mailwhy_format_is_structured(o->format) && o->format != mailwhy_format_find("html");
}

static int run(struct options *o) {
    int status;
    if (needs_plain_signs(o))
        output_use_plain_signs();
    if (pager_stands_between(o, &status))
        return status;
    if (o->show == SHOW_HELP)
        return help_show(o->command);
    if (o->show == SHOW_VERSION) {
        g_autofree char *line = g_strdup_printf("mailwhy %s\n", mailwhy_version());
        return output_whole(NULL, line, strlen(line)) ? STATUS_OK : STATUS_OUTPUT;
    }
    if (!o->command->run)
        return complain_of_sub_command(o);
    if (o->command == o->program && is_misplaced(o))
        return STATUS_USAGE;
    if (o->command == o->program && o->argument_count == 0 && isatty(STDIN_FILENO)) {
        fputs(reminder, stderr);
        return STATUS_USAGE;
    }
    tell_of_keyboard(o);
    return o->command->run(o);
}

/* Descriptors 0 to 2 that were closed when the program was started: whatever is opened later must not take
 * their place. Reading and writing them fails, as it would have. */
static void fill_descriptors(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
            open("/", O_PATH);
}

/* What whoever started the program may have set otherwise. */
static void set_signals(void) {
    output_note_signals();
    signal(SIGCHLD, SIG_DFL); /* children are waited for */
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error of writing */
}

static int run_program(int argc, char **argv) {
    struct options options;
    setlocale(LC_CTYPE, "");
    options_init(&options);
    int status = options_read(&options, argc, argv, &mailwhy_program);
    if (status == STATUS_OK)
        status = run(&options);
    options_clear(&options);
    return status;
}

int program_main(int argc, char **argv) {
    fill_descriptors();
    inherited_close(argc, argv);
    set_signals();
    giving_up_begin();
    int status = pipe_guard_is_wanted(argc, argv) ? pipe_guard_begin() : -1;
    return status >= 0 ? status : run_program(argc, argv);
}
