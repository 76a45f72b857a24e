/* From options to the library: see load.h. */
#include "analyze/commands/load.h"

#include "analyze/auth/engine.h"
#include "analyze/commands/complain.h"
#include "analyze/commands/config_place.h"
#include "analyze/commands/config_values.h"
#include "analyze/commands/option_table.h"
#include "analyze/commands/reading.h"
#include "analyze/commands/rules_folder.h"
#include "analyze/internal.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

static void print_complaint(void *context, const char *text) {
    (void)context;
    fprintf(stderr, "%s\n", text);
}

static const struct mailwhy_options *library_options(struct options *options) {
    struct mailwhy_options *library = &options->library;
    library->size = sizeof *library;
    library->complain = print_complaint;
    library->second_opinion = !options->no_second_opinion;
    library->rule_files = (const char *const *)options->rule_files->pdata;
    library->rule_file_count = options->rule_files->len;
    library->trusted = (const char *const *)options->trusted->pdata;
    library->trusted_count = options->trusted->len;
    library->own = (const char *const *)options->own->pdata;
    library->own_count = options->own->len;
    library->dns_files = (const char *const *)options->dns_files->pdata;
    library->dns_file_count = options->dns_files->len;
    library->dns_after_files = (const char *const *)options->dns_after_files->pdata;
    library->dns_after_file_count = options->dns_after_files->len;
    return library;
}

/* Is it one of the files that were named already? */
static bool is_named(const struct options *options, const char *path) {
    struct stat wanted;
    struct stat named;
    if (stat(path, &wanted) != 0)
        return false;
    for (guint i = 0; i < options->rule_files->len; i++)
        if (stat(options->rule_files->pdata[i], &named) == 0 && named.st_dev == wanted.st_dev &&
            named.st_ino == wanted.st_ino)
            return true;
    return false;
}

bool options_add_rules_folder(struct options *options) {
    const char *config = options->no_config ? NULL : config_folder();
    if (!config || options->folder_files->len)
        return true;
    if (!config_folder_is_usable())
        return false;
    bool is_right = rules_folder_list(config, options->folder_files);
    for (guint i = 0; i < options->folder_files->len; i++)
        if (!is_named(options, options->folder_files->pdata[i]))
            g_ptr_array_add(options->rule_files, options->folder_files->pdata[i]);
    return is_right;
}

/* Can a file be read that the configuration names, and nobody else have written it? NULL: yes. */
static char *wrong_with(const char *path) {
    struct stat s;
    if (stat(path, &s) != 0 || access(path, R_OK) != 0)
        return g_strdup(g_strerror(errno));
    if (!S_ISREG(s.st_mode))
        return g_strdup("it is no regular file");
    const char *unsafe = config_unsafe(&s);
    if (unsafe)
        return g_strdup(unsafe);
    unsafe = config_folders_unsafe(path);
    return unsafe ? g_strdup_printf("its folder: %s", unsafe) : NULL;
}

/* Who has not typed a name is told where it stands. */
static bool has_configured_files(const struct options *options) {
    const GArray *values = options->configuration->values;
    bool has_all = true;
    for (guint i = 0; i < values->len; i++) {
        const struct config_value *v = &g_array_index(values, struct config_value, i);
        bool is_idle = v->row->member == offsetof(struct options, library.redact_key_file) &&
                       v->text != options->library.redact_key_file;
        if (!v->file || v->row->complete != COMPLETE_FILES || is_idle)
            continue;
        g_autofree char *wrong = wrong_with(v->text);
        if (!wrong)
            continue;
        g_autofree char *place = g_strdup_printf("%s:%zu", v->file, v->line);
        g_autofree char *what = g_strdup_printf("`%s` names %s: %s", v->row->name, v->text, wrong);
        complain_of(place, what);
        has_all = false;
    }
    return has_all;
}

static struct mailwhy *loaded(struct mailwhy *why, const struct options *options) {
    if (why && options->asked) {
        why->asked = options->asked->str;
        why->verify = options->verify ? options->verify->str : NULL;
    }
    complain_redacts(why && why->options.redact ? &why->redaction : NULL);
    return why;
}

struct mailwhy *options_load(struct options *options) {
    if (!has_configured_files(options) || !options_add_rules_folder(options))
        return NULL;
    return loaded(why_new(library_options(options)), options);
}

struct mailwhy *options_load_unread(struct options *options) {
    if (!has_configured_files(options) || !options_add_rules_folder(options))
        return NULL;
    return loaded(why_new_unread(library_options(options)), options);
}

static int read_aloud(void *why) {
    return why_read_dns(why, true) ? STATUS_OK : STATUS_CONFIG;
}

int options_check_dns(const struct options *options, struct mailwhy *why) {
    if (!why->dns.raw)
        return STATUS_OK;
    engine(); /* its module cannot be looked for inside */
    return reading_asked(options, read_aloud, why);
}
