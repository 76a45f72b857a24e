/* The files of the configuration: see configuration.h. */
#define _GNU_SOURCE
#include "analyze/commands/configuration.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/config_place.h"
#include "analyze/commands/config_values.h"
#include "analyze/commands/option_table.h"
#include "parsers/base/input.h"
#include "parsers/base/nearest.h"
#include "parsers/rules/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* A file that is being read. */
struct reading {
    struct options *options;
    struct options scratch; /* takes what does not count, so that all is checked alike */
    const char *folder, *path;
    struct slice bytes;
    struct file_errors errors;
};

/* --- one file --- */

static void __attribute__((format(printf, 3, 4)))
complain_at(struct reading *r, struct file_place place, const char *format, ...) {
    va_list args;
    va_start(args, format);
    g_autofree char *what = g_strdup_vprintf(format, args);
    va_end(args);
    file_errors_at(&r->errors, r->path, r->bytes, place, what);
}

static const struct option_row *find_row(const char *name) {
    for (size_t i = 0; i < option_count; i++)
        if (option_rows[i].configured && strcmp(option_rows[i].name, name) == 0)
            return &option_rows[i];
    return NULL;
}

static void complain_unknown(struct reading *r, const struct setting_text *name) {
    const char *meant = NULL;
    struct nearest near = {.word = slice_of(name->text), .names = &meant, .most = 1};
    g_autoptr(GString) known = g_string_new(NULL);
    for (size_t i = 0; i < option_count; i++)
        if (option_rows[i].configured) {
            nearest_offer(&near, slice_of(option_rows[i].name), option_rows[i].name);
            g_string_append_printf(known, "%s%s", known->len ? ", " : "", option_rows[i].name);
        }
    if (meant)
        complain_at(r, name->place, "unknown key `%s`; did you mean `%s`?", name->text, meant);
    else
        complain_at(r, name->place, "unknown key `%s`; expected one of: %s", name->text, known->str);
}

/* Has something that counts more given the value? Lists that add up take values from all. */
static bool is_given(const struct reading *r, const struct option_row *row) {
    const GArray *values = r->options->configuration->values;
    for (guint i = 0; i < values->len && !row->kind->adds_up; i++) {
        const struct config_value *v = &g_array_index(values, struct config_value, i);
        if (v->file != r->path && strcmp(v->row->name, row->name) == 0)
            return true;
    }
    return false;
}

/* Names of files are as seen from the folder of the configuration. */
static const char *value_text(struct reading *r, const struct option_row *row, const char *text) {
    struct arena *arena = &r->options->configuration->arena;
    if (row->complete != COMPLETE_FILES || g_path_is_absolute(text))
        return text;
    const char *home = g_str_has_prefix(text, "~/") ? config_environment_path("HOME") : NULL;
    g_autofree char *path =
        home ? g_build_filename(home, text + 2, NULL) : g_build_filename(r->folder, text, NULL);
    return arena_string(arena, slice_of(path));
}

static void take_value(struct reading *r, const struct option_row *row, const struct setting_text *value) {
    struct options *o = r->options;
    bool counts = ((row->configured | COMMAND_CONFIG) & o->command->bit) && !is_given(r, row);
    const char *text = value_text(r, row, value->text);
    if (!row->kind->set(row, text, (char *)(counts ? o : &r->scratch) + row->member)) {
        g_autoptr(GString) expected = g_string_new(NULL);
        option_expected(row, expected);
        complain_at(r, value->place, "`%s` takes %s, not `%s`", row->name, expected->str, value->text);
        return;
    }
    struct config_value noted = {row, text, r->path, value->place.line};
    if (counts)
        g_array_append_val(o->configuration->values, noted);
}

static void take_setting(struct reading *r, const struct setting *setting) {
    const struct option_row *row = find_row(setting->name.text);
    if (!row) {
        complain_unknown(r, &setting->name);
        return;
    }
    if (setting->is_list && !row->kind->is_repeatable) {
        g_autoptr(GString) expected = g_string_new(NULL);
        option_expected(row, expected);
        complain_at(r, setting->name.place, "`%s` takes %s, not a list", row->name, expected->str);
        return;
    }
    for (size_t i = 0; i < setting->count; i++)
        take_value(r, row, &setting->values[i]);
}

/* The descriptor of a file; -1: there is none, or (*is_wrong) it is not to be read, which has been said. */
static int open_file(const char *folder, const char *path, bool *is_wrong) {
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0) {
        *is_wrong = errno != ENOENT && errno != ENOTDIR;
        if (*is_wrong)
            complain_of_error(path, errno);
        return -1;
    }
    *is_wrong = true;
    if (fstat(fd, &s) != 0)
        complain_of_error(path, errno);
    else if (!S_ISREG(s.st_mode))
        complain_of(path, "not read: it is no regular file");
    else
        *is_wrong =
            !config_is_safe(folder) || !config_stat_is_safe(path, &s) || !config_folders_are_safe(path);
    if (!*is_wrong)
        return fd;
    close(fd);
    return -1;
}

static bool read_settings(struct reading *r, int fd) {
    struct input input = {0};
    struct settings settings;
    int error = input_read_raw(&input, fd, true);
    if (error) {
        complain_of_error(r->path, error);
        return false;
    }
    r->bytes = input.bytes;
    options_init(&r->scratch);
    FROM_MODULE(MODULE_YAML, settings_read)
    (&settings, r->path, r->bytes, &r->options->configuration->arena, &r->errors);
    for (size_t i = 0; i < settings.count; i++)
        take_setting(r, &settings.items[i]);
    options_clear(&r->scratch);
    input_close(&input);
    return r->errors.count == 0;
}

static bool read_file(struct options *o, const char *folder) {
    bool is_wrong;
    struct configuration *c = o->configuration;
    g_autofree char *path = g_build_filename(folder, "mailwhy.conf", NULL);
    struct reading r = {.options = o, .folder = folder, .errors = {.out = stderr}};
    r.path = arena_string(&c->arena, slice_of(path));
    int fd = open_file(folder, path, &is_wrong);
    struct config_file file = {r.path, fd >= 0};
    g_array_append_val(c->files, file);
    if (fd < 0)
        return !is_wrong;
    bool is_right = read_settings(&r, fd);
    close(fd);
    return is_right;
}

/* --- all of them --- */

/* A key says with what to redact, not that it is to be done. */
static void forget_idle_key(struct options *o) {
    const GArray *values = o->configuration->values;
    for (guint i = 0; i < values->len; i++) {
        const struct config_value *v = &g_array_index(values, struct config_value, i);
        if (v->file && v->text == o->library.redact_key_file && !o->library.redact)
            o->library.redact_key_file = NULL;
    }
}

int configuration_read(struct options *o, const char *const *folders, size_t count) {
    bool is_right = true;
    for (size_t i = 0; i < count; i++)
        is_right &= read_file(o, folders[i]);
    forget_idle_key(o);
    return is_right ? STATUS_OK : STATUS_CONFIG;
}

int configuration_read_default(struct options *o) {
    if (o->no_config || !option_find("no-config", o->command->bit))
        return STATUS_OK;
    const char *system = config_folder();
    if (!config_folder_is_usable())
        return STATUS_CONFIG;
    bool is_page =
        o->command->bit == COMMAND_CGI; /* which is nobody's: HOME is that of who started the server */
    g_autofree char *home = is_page ? NULL : config_home_folder();
    const char *folders[2];
    size_t count = 0;
    if (home)
        folders[count++] = home;
    if (system)
        folders[count++] = system;
    return configuration_read(o, folders, count);
}

bool configuration_gave(const struct configuration *c, const char *option) {
    bool is_given = false;
    for (guint i = 0; i < c->values->len; i++) {
        const struct config_value *v = &g_array_index(c->values, struct config_value, i);
        if (strcmp(v->row->name, option) != 0)
            continue;
        if (!v->file)
            return false;
        is_given = true;
    }
    return is_given;
}
