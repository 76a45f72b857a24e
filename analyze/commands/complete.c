/* Completion: see complete.h. */
#include "analyze/commands/complete.h"

#include "analyze/commands/load.h"
#include "analyze/commands/option_table.h"
#include "analyze/commands/output.h"
#include "analyze/internal.h"

#include <string.h>

/* The words before the cursor, read as far as completing needs it. */
struct line {
    const struct command *command;
    const char *pending;  /* the option whose argument is the last word; NULL: none */
    bool has_operands;    /* other words than options and commands */
    bool is_past_options; /* after "--" */
};

static void add_offer(GString *offers, const char *before, const char *word, const char *description) {
    g_string_append_printf(offers, "%s%s\t%s\n", before, word, description);
}

/* The option whose argument is the word behind these letters: "-o", and "-qo" where q takes none. */
static const char *letters_awaiting(const char *letters) {
    for (size_t i = 0; i < option_count && *letters; i++) {
        const struct option_row *row = &option_rows[i];
        if (row->letter != *letters)
            continue;
        if (row->argument)
            return letters[1] ? NULL : row->name;
        return letters_awaiting(letters + 1);
    }
    return NULL;
}

/* The option that a word is, if its argument is the next word. */
static const char *option_awaiting(const char *word) {
    if (!g_str_has_prefix(word, "--"))
        return letters_awaiting(word + 1);
    for (size_t i = 0; i < option_count; i++)
        if (option_rows[i].argument && g_strcmp0(word + 2, option_rows[i].name) == 0)
            return option_rows[i].name;
    return NULL;
}

static void read_word(struct line *line, const char *word) {
    if (line->pending) {
        line->pending = NULL;
    } else if (!line->is_past_options && strcmp(word, "--") == 0) {
        line->is_past_options = true;
    } else if (!line->is_past_options && word[0] == '-' && word[1]) {
        line->pending = option_awaiting(word);
    } else {
        const struct command *found = line->has_operands ? NULL : command_find(line->command, word);
        line->has_operands = !found;
        line->command = found ? found : line->command;
    }
}

static enum completion offer_argument(const struct line *line, const char *name, GString *offers) {
    const struct option_row *row = option_find(name, line->command->bit);
    if (!row && line->command->commands) /* the command that takes it may come after it */
        row = option_find(name, COMMAND_EVERY);
    for (size_t i = 0; row && row->word && row->word(i); i++)
        add_offer(offers, "", row->word(i), "");
    return row ? row->complete : COMPLETE_NOTHING;
}

static enum completion offer_options(const struct line *line, const char *word, GString *offers) {
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *row = &option_rows[i];
        const char letter[] = {row->letter, '\0'};
        if (!(option_takers(row) & line->command->bit))
            continue;
        if (row->letter && word[1] == '\0')
            add_offer(offers, "-", letter, row->help);
        add_offer(offers, "--", row->name, row->help);
    }
    return COMPLETE_NOTHING;
}

static enum completion offer_operands(const struct line *line, GString *offers) {
    for (const struct command *c = line->command->commands; c && c->name && !line->has_operands; c++)
        if (c->summary)
            add_offer(offers, "", command_word(c), c->summary);
    return line->command->operands;
}

enum completion complete_line(const struct command *program, const char *const *words, size_t count,
                              GString *offers) {
    struct line line = {.command = program};
    const char *last = count ? words[count - 1] : "";
    const char *equals = strchr(last, '=');
    for (size_t i = 0; i + 1 < count; i++)
        read_word(&line, words[i]);
    if (line.pending)
        return offer_argument(&line, line.pending, offers);
    if (line.is_past_options || last[0] != '-')
        return offer_operands(&line, offers);
    if (g_str_has_prefix(last, "--") && equals) {
        g_autofree char *name = g_strndup(last + 2, (gsize)(equals - last - 2));
        return offer_argument(&line, name, offers);
    }
    return offer_options(&line, last, offers);
}

static void offer_causes(struct options *o, GString *offers) {
    struct mailwhy *why = options_load(o);
    const struct rule_list *causes = why ? &why->rules.lists[RULES_CAUSES] : NULL;
    const struct rule_list *topics = why ? &why->rules.lists[RULES_TOPICS] : NULL;
    for (size_t i = 0; causes && i < causes->count; i++) {
        const struct cause *cause = causes->items[i];
        add_offer(offers, "", cause->id, cause->title);
    }
    for (size_t i = 0; topics && i < topics->count; i++) {
        const struct topic *topic = topics->items[i];
        add_offer(offers, "", topic->id, topic->title);
    }
    mailwhy_free(why);
}

int command_complete(struct options *o) {
    static const char *const kinds[] = {[COMPLETE_NOTHING] = "words\n",
                                        [COMPLETE_FILES] = "files\n",
                                        [COMPLETE_HOSTS] = "hosts\n",
                                        [COMPLETE_CAUSES] = "words\n"};
    g_autoptr(GString) offers = g_string_new(NULL);
    enum completion rest = complete_line(o->program, o->arguments, o->argument_count, offers);
    if (rest == COMPLETE_CAUSES)
        offer_causes(o, offers);
    g_string_prepend(offers, kinds[rest]);
    return output_whole(NULL, offers->str, offers->len) ? STATUS_OK : STATUS_OUTPUT;
}
