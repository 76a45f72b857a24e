/* `mailwhy config`: see config.h. */
#include "analyze/commands/config.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/config_place.h"
#include "analyze/commands/config_values.h"
#include "analyze/commands/load.h"
#include "analyze/commands/option_table.h"
#include "analyze/commands/output.h"
#include "analyze/version.h"
#include "analyze/worker.h"

#include <string.h>

/* One value of a setting, as it is shown. */
struct shown {
    const struct option_row *row;
    struct value value;
    const char *from; /* configuration, option, folder, default */
    const char *file; /* NULL: none */
    size_t line;
};

static struct value typed(const struct option_row *row, const char *text) {
    struct slice s = slice_of(text);
    return row->complete == COMPLETE_FILES   ? as_file(s)
           : row->complete == COMPLETE_HOSTS ? as_host(s)
           : row->word                       ? as_ours(text)
                                             : as_stranger(s);
}

/* What holds where nothing was set; NULL: nothing. */
static const char *default_text(const struct option_row *row) {
    return row->otherwise ? row->otherwise : row->word ? row->word(0) : row->argument ? NULL : "no";
}

static void add_values(GArray *all, const struct option_row *row, const struct options *o) {
    const GArray *values = o->configuration->values;
    guint before = all->len;
    for (guint i = 0; i < values->len; i++) {
        const struct config_value *v = &g_array_index(values, struct config_value, i);
        if (strcmp(v->row->name, row->name) != 0)
            continue;
        struct shown one = {row, v->text ? typed(row, v->text) : as_ours("yes"),
                            v->file ? "configuration" : "option", v->file, v->line};
        g_array_append_val(all, one);
    }
    for (guint i = 0; i < o->folder_files->len && row->member == offsetof(struct options, rule_files); i++) {
        struct shown one = {row, typed(row, o->folder_files->pdata[i]), "folder", NULL, 0};
        g_array_append_val(all, one);
    }
    if (all->len > before)
        return;
    const char *text = default_text(row);
    struct shown none = {row, as_ours(text ? text : ""), "default", NULL, 0};
    g_array_append_val(all, none);
}

static GArray *all_values(const struct options *o) {
    GArray *all = g_array_new(FALSE, TRUE, sizeof(struct shown));
    for (size_t i = 0; i < option_count; i++)
        if (option_rows[i].configured)
            add_values(all, &option_rows[i], o);
    return all;
}

/* A file of configuration. Where names are hidden, its folder is told by where it is looked for. */
static struct value config_name(const struct options *o, const char *path) {
    bool is_hidden = o->library.redact || o->library.redact_key_file;
    g_autofree char *place = is_hidden ? config_place_of(path) : NULL;
    return place ? as_ours(g_intern_string(place)) : as_file(slice_of(path));
}

/* --- as structure --- */

static void write_files(struct writer *w, const struct options *o) {
    const struct configuration *c = o->configuration;
    write_list(w, "files");
    for (guint i = 0; i < c->files->len; i++) {
        const struct config_file *f = &g_array_index(c->files, struct config_file, i);
        write_object(w, NULL);
        write_value(w, "name", config_name(o, f->path));
        write_value(w, "read", as_truth(f->is_there));
        write_object_end(w);
    }
    write_list_end(w);
}

static void write_one(struct writer *w, const struct options *o, const struct shown *s) {
    write_object(w, NULL);
    write_value(w, "value", s->value);
    write_value(w, "from", as_ours(s->from));
    if (s->file) {
        write_value(w, "file", config_name(o, s->file));
        write_value(w, "line", as_number((int64_t)s->line));
    }
    write_object_end(w);
}

/* A setting of which nothing is known has no values. */
static void write_settings(struct writer *w, const struct options *o, const GArray *all) {
    write_list(w, "settings");
    for (guint i = 0; i < all->len;) {
        const struct option_row *row = g_array_index(all, struct shown, i).row;
        write_object(w, NULL);
        write_value(w, "name", as_ours(row->name));
        write_list(w, "values");
        for (; i < all->len && g_array_index(all, struct shown, i).row == row; i++)
            if (value_is_known(g_array_index(all, struct shown, i).value))
                write_one(w, o, &g_array_index(all, struct shown, i));
        write_list_end(w);
        write_object_end(w);
    }
    write_list_end(w);
}

static void structure_config(struct writer *w, const void *what) {
    const struct options *o = what;
    GArray *all = all_values(o);
    write_object(w, NULL);
    write_known(w, "mailwhy", as_ours(MAILWHY_VERSION));
    write_value(w, "schema", as_number(1));
    write_object(w, "input");
    write_known(w, "kind", as_ours("config"));
    write_object_end(w);
    write_files(w, o);
    write_settings(w, o, all);
    write_object_end(w);
    write_record_end(w);
    g_array_free(all, TRUE);
}

/* --- for people --- */

static struct value origin(struct page *p, const struct options *o, const struct shown *s) {
    if (s->file)
        return page_say(p, SAY_FILE_AND_LINE, config_name(o, s->file), as_number((int64_t)s->line));
    return strcmp(s->from, "option") == 0 && s->row ? page_say(p, SAY_OPTION, as_ours(s->row->name))
           : strcmp(s->from, "folder") == 0         ? word(SAY_RULES_FOLDER)
                                                    : word(SAY_BY_DEFAULT);
}

static void present_settings(struct page *p, const struct options *o, const GArray *all) {
    const struct option_row *before = NULL;
    page_section(p, word(SECTION_SETTINGS));
    for (guint i = 0; i < all->len; i++) {
        const struct shown *s = &g_array_index(all, struct shown, i);
        page_row(p, s->row == before ? NO_LABEL : as_ours(s->row->name),
                 value_is_known(s->value) ? page_say(p, SAY_NAME_WITH_DETAIL, s->value, origin(p, o, s))
                                          : word(SAY_NOT_SET));
        before = s->row;
    }
}

static void page_config(struct page *p, const void *what) {
    const struct options *o = what;
    const struct configuration *c = o->configuration;
    GArray *all = all_values(o);
    page_begin(p);
    page_title(p, word(TITLE_CONFIG), EMPHASIS_NONE);
    for (guint i = 0; i < c->files->len; i++) {
        const struct config_file *f = &g_array_index(c->files, struct config_file, i);
        page_row(p, word(i ? NO_WORDS : LABEL_FILES),
                 page_say(p, f->is_there ? SAY_FILE_READ : SAY_FILE_ABSENT, config_name(o, f->path)));
    }
    if (!c->files->len)
        page_row(p, word(LABEL_FILES), word(SAY_NO_CONFIG));
    present_settings(p, o, all);
    page_end(p);
    g_array_free(all, TRUE);
}

static const struct report_form form_config = {.structure = structure_config, .page = page_config};

/* Whose configuration is read depends on the environment. */
static void complain_of_home(const struct options *o) {
    g_autofree char *home = config_home_folder();
    const char *folder = config_folder();
    bool is_of_system = folder && !g_getenv("MAILWHY_CONFIG");
    if (!home && is_of_system && !o->no_config)
        complain("config: HOME names no folder from / on, so no configuration of a user is read");
}

int command_config(struct options *o) {
    const char *meant = o->argument_count ? command_nearest(o->command, o->arguments[0]) : NULL;
    if (meant)
        return usage_error(o->command, "there is no command `%s`; did you mean `%s`?", o->arguments[0],
                           meant);
    if (o->argument_count)
        return usage_error(o->command, "takes no input, but was given `%s`", o->arguments[0]);
    struct mailwhy *why = options_load_unread(o);
    struct output output;
    if (!why)
        return STATUS_CONFIG;
    complain_of_home(o);
    struct mailwhy_worker *worker = worker_new_alone(why);
    bool is_open = output_open(&output, o->output);
    if (is_open) {
        mailwhy_begin(o->format, false, output_write, &output);
        worker_write(worker, o->format, &form_config, o, output_write, &output);
        mailwhy_end(o->format, false, output_write, &output);
    }
    mailwhy_worker_free(worker);
    mailwhy_free(why);
    return is_open && output_close(&output) ? STATUS_OK : STATUS_OUTPUT;
}
