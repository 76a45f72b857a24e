/* Inputs: see inputs.h. */
#include "analyze/commands/inputs.h"

#include "parsers/log/source.h"
#include "parsers/message/mailbox.h"

#include <string.h>
#include <sys/stat.h>

void inputs_list(const struct options *options, GPtrArray *paths) {
    for (size_t i = 0; i < options->argument_count; i++) {
        struct stat st;
        const char *path = options->arguments[i];
        if (strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
            folder_list(path, paths);
        else
            g_ptr_array_add(paths, g_strdup(path));
    }
    if (options->argument_count == 0)
        g_ptr_array_add(paths, g_strdup("-"));
}

bool inputs_are_logs(const GPtrArray *paths) {
    for (guint i = 0; i < paths->len; i++)
        if (!source_is_log(paths->pdata[i]))
            return false;
    return paths->len > 0;
}
