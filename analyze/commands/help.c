/* --help: see help.h. */
#include "analyze/commands/help.h"

#include "analyze/commands/option_table.h"
#include "analyze/commands/output.h"

#include <string.h>

#define WIDTH  80
#define COLUMN 28 /* where the explanations begin */

static const char exit_statuses[] =
    "Exit status: 0 all inputs were analyzed; 64 the command line is wrong; 65 an\n"
    "input was damaged or not understood; 66 an input could not be opened; 70 a bug\n"
    "in mailwhy; 74 the report could not be written; 78 a rule or DNS file is wrong.\n"
    "With --pipe: 0 the report was written; 75 try again.\n";

/* A term, and from COLUMN on its explanation, wrapped. */
static void write_item(GString *out, const char *term, const char *explanation) {
    gsize start = out->len;
    g_auto(GStrv) words = g_strsplit(explanation, " ", -1);
    g_string_append_printf(out, "  %s", term);
    if (out->len - start > COLUMN - 2) {
        g_string_append_c(out, '\n');
        start = out->len;
    }
    for (char **word = words; *word; word++) {
        if (out->len - start + 1 + strlen(*word) > WIDTH) {
            g_string_append_c(out, '\n');
            start = out->len;
        }
        gsize gap = out->len - start < COLUMN ? COLUMN - (out->len - start) : 1;
        g_string_append_printf(out, "%*s%s", (int)gap, "", *word);
    }
    g_string_append_c(out, '\n');
}

static void write_usage(const struct command *command, GString *out) {
    const char *space = command->name[0] ? " " : "";
    if (command->synopsis)
        g_string_append_printf(out, "usage: mailwhy%s%s %s\n", space, command->name, command->synopsis);
    if (command->commands)
        g_string_append_printf(out, "%s mailwhy%s%s COMMAND [OPTION]... [ARGUMENT]...\n",
                               command->synopsis ? "      " : "usage:", space, command->name);
}

/* Those that can be run; those of a group below it. */
static void write_commands(const struct command *parent, GString *out) {
    for (const struct command *c = parent->commands; c && c->name; c++) {
        if (c->summary && c->run)
            write_item(out, c->name, c->summary);
        write_commands(c, out);
    }
}

static void write_option(const struct option_row *row, GString *out) {
    g_autoptr(GString) term = g_string_new(NULL);
    g_autoptr(GString) help = g_string_new(NULL);
    if (row->letter)
        g_string_append_printf(term, "-%c, ", row->letter);
    g_string_append_printf(term, "%s--%s", row->letter ? "" : "    ", row->name);
    if (row->argument)
        g_string_append_printf(term, " %s", row->argument);
    option_help(row, help);
    write_item(out, term->str, help->str);
}

static void write_options(const struct command *command, GString *out) {
    for (enum option_group group = 0; group < OPTION_GROUPS; group++) {
        bool has_heading = false;
        for (size_t i = 0; i < option_count; i++) {
            const struct option_row *row = &option_rows[i];
            if (row->group != group || !(option_takers(row) & command->bit))
                continue;
            if (!has_heading)
                g_string_append_printf(out, "\n%s:\n", option_groups[group]);
            has_heading = true;
            write_option(row, out);
        }
    }
}

void help_write(const struct command *command, GString *out) {
    write_usage(command, out);
    if (command->summary)
        g_string_append_printf(out, "\n%c%s.\n", g_ascii_toupper(command->summary[0]), command->summary + 1);
    if (command->commands) {
        g_string_append(out, "\nCommands:\n");
        write_commands(command, out);
    }
    write_options(command, out);
    if (command->commands)
        g_string_append(out, "\n`mailwhy COMMAND --help` lists the options of a command.\n");
    if (!command->name[0])
        g_string_append_printf(out, "\n%s", exit_statuses);
}

int help_show(const struct command *command) {
    g_autoptr(GString) help = g_string_new(NULL);
    help_write(command, help);
    return output_whole(NULL, help->str, help->len) ? STATUS_OK : STATUS_OUTPUT;
}

int command_help(struct options *o) {
    const struct command *command = o->program;
    for (size_t i = 0; i < o->argument_count; i++) {
        const struct command *found = command_find(command, o->arguments[i]);
        const char *near = command_nearest(command, o->arguments[i]);
        if (!found && near)
            return usage_error(o->command, "there is no command `%s`; did you mean `%s`?", o->arguments[i],
                               near);
        if (!found)
            return usage_error(o->command, "there is no command `%s`", o->arguments[i]);
        command = found;
    }
    return help_show(command);
}
