/* The manual page: see manual.h. */
#define _GNU_SOURCE
#include "analyze/commands/manual.h"

#include "analyze/commands/option_table.h"
#include "analyze/commands/output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --- the synopsis --- */

/* Append a word as mdoc reads it: every dash is a minus. */
static void append_word(GString *out, const char *word) {
    for (; *word; word++)
        g_string_append_printf(out, *word == '-' ? "\\-" : "%c", *word);
}

static void append_argument(GString *out, const char *name) {
    g_autofree char *lower = g_ascii_strdown(name, -1);
    append_word(out, lower);
}

/* "[TEXT]..." becomes ".Op Ar text ...", "--ip" ".Fl \-ip", "FILE..." ".Ar file ...". */
static void write_token(GString *out, const char *token) {
    bool is_optional = token[0] == '[';
    bool is_many = g_str_has_suffix(token, "...");
    size_t length = strlen(token) - (is_many ? 3 : 0) - (is_optional ? 2 : 0);
    g_autofree char *name = g_strndup(token + is_optional, length);
    if (g_str_has_prefix(name, "--")) {
        g_string_append(out, ".Fl ");
        append_word(out, name + 1);
    } else {
        g_string_append(out, is_optional ? ".Op Ar " : ".Ar ");
        append_argument(out, name);
    }
    g_string_append(out, is_many ? " ...\n" : "\n");
}

/* Write "[--domain" and "DOMAIN]...", the two words of an option in brackets. */
static void write_bracketed(GString *out, const char *option, const char *argument) {
    size_t length = strcspn(argument, "]");
    g_autofree char *name = g_strndup(argument, length);
    g_string_append(out, ".Oo\n.Fl ");
    append_word(out, option + 2);
    g_string_append(out, "\n.Ar ");
    append_argument(out, name);
    g_string_append(out, g_str_has_suffix(argument, "...") ? "\n.Oc ...\n" : "\n.Oc\n");
}

void manual_synopsis(const struct command *program, GString *out) {
    if (program->synopsis) {
        g_auto(GStrv) tokens = g_strsplit(program->synopsis, " ", -1);
        g_string_append(out, ".Nm\n");
        if (program->name[0])
            g_string_append_printf(out, ".Cm %s\n", program->name);
        for (char **token = tokens; *token; token++)
            if (g_str_has_prefix(*token, "[--") && !strchr(*token, ']') && token[1]) {
                write_bracketed(out, token[0], token[1]);
                token++;
            } else {
                write_token(out, *token);
            }
    }
    for (const struct command *c = program->commands; c && c->name; c++)
        manual_synopsis(c, out);
}

/* --- the options --- */

/* Append a paragraph of help, `literal` words in bold. */
static void write_text(GString *out, const char *prose) {
    bool is_literal = false;
    g_string_append_printf(out, "%s", prose[0] == '.' || prose[0] == '\'' || prose[0] == '`' ? "\\&" : "");
    for (; *prose; prose++) {
        if (*prose == '`') {
            is_literal = !is_literal;
            g_string_append(out, is_literal ? "\\fB" : "\\fP");
        } else {
            g_string_append_printf(out, is_literal && *prose == '-' ? "\\-" : "%c", *prose);
        }
    }
    g_string_append_c(out, '\n');
}

/* The names of the commands that take an option; a group's name for all that are in it. */
static void add_takers(GPtrArray *takers, const struct command *command, unsigned bits) {
    bool takes = !command->run || (command->bit & bits);
    for (const struct command *c = command->commands; c && c->name; c++)
        takes = takes && (command->run || (c->bit & bits));
    if (takes && (command->run || command->commands))
        g_ptr_array_add(takers, (gpointer)(command->name[0] ? command->name : "mailwhy without a command"));
    for (const struct command *c = command->commands; c && c->name && (command->run || !takes); c++)
        if (c->summary)
            add_takers(takers, c, bits);
}

static void write_takers(GString *out, const struct command *program, unsigned bits) {
    g_autoptr(GPtrArray) takers = g_ptr_array_new();
    if (bits == COMMAND_EVERY)
        return;
    add_takers(takers, program, bits);
    g_string_append(out, "Used by ");
    for (guint i = 0; i < takers->len; i++) {
        const char *separator = i == 0 ? "" : i + 1 < takers->len ? ", " : " and ";
        g_string_append_printf(out, "%s%s", separator, (const char *)takers->pdata[i]);
    }
    g_string_append(out, ".\n");
}

static void write_option(GString *out, const struct option_row *row) {
    g_autoptr(GString) help = g_string_new(NULL);
    g_string_append(out, ".It ");
    if (row->letter)
        g_string_append_printf(out, "Fl %c , ", row->letter);
    g_string_append(out, "Fl \\-");
    append_word(out, row->name);
    if (row->argument) {
        g_string_append(out, " Ar ");
        append_argument(out, row->argument);
    }
    g_string_append_c(out, '\n');
    option_help(row, help);
    help->str[0] = g_ascii_toupper(help->str[0]);
    g_string_append_c(help, '.');
    write_text(out, help->str);
    if (row->more)
        write_text(out, row->more);
}

/* The commands that take the options of a group, where these are the same for all of them; else 0. */
static unsigned takers_of_group(enum option_group group) {
    unsigned all = 0;
    unsigned common = COMMAND_EVERY;
    for (size_t i = 0; i < option_count; i++)
        if (option_rows[i].group == group) {
            all |= option_rows[i].commands;
            common &= option_rows[i].commands;
        }
    return all == common ? common : 0;
}

void manual_options(const struct command *program, GString *out) {
    for (enum option_group group = 0; group < OPTION_GROUPS; group++) {
        unsigned takers = takers_of_group(group);
        g_string_append_printf(out, ".Ss %s\n", option_groups[group]);
        if (takers)
            write_takers(out, program, takers);
        g_string_append(out, ".Bl -tag -width Ds\n");
        for (size_t i = 0; i < option_count; i++) {
            if (option_rows[i].group != group)
                continue;
            write_option(out, &option_rows[i]);
            if (!takers)
                write_takers(out, program, option_rows[i].commands);
        }
        g_string_append(out, ".El\n");
    }
}

int command_manual(struct options *o) {
    g_autoptr(GString) page = g_string_new(NULL);
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) > 0) {
        if (strcmp(line, ".\\\" SYNOPSIS\n") == 0)
            manual_synopsis(o->program, page);
        else if (strcmp(line, ".\\\" OPTIONS\n") == 0)
            manual_options(o->program, page);
        else
            g_string_append(page, line);
    }
    free(line);
    return output_whole(NULL, page->str, page->len) ? STATUS_OK : STATUS_OUTPUT;
}
