/* Entering the sandbox: see reading.h. */
#include "analyze/commands/reading.h"

#include "parsers/base/mime_text.h"

#include <time.h>

/* What any input may ask for, beside what all messages need; with Landlock these can be loaded inside. */
static const enum module perhaps[] = {MODULE_BZIP2, MODULE_XZ, MODULE_ZSTD, MODULE_JSON};

void reading_prepare(void) {
    FROM_MODULE(MODULE_MESSAGE, mime_begin)();
}

const char *reading_begin(const struct options *options, enum sandbox_profile profile) {
    if (options->no_sandbox)
        return "this was read without a sandbox (--no-sandbox)";
    const char *readable[] = {module_folder(), NULL};
    tzset();
    for (size_t i = 0; i < G_N_ELEMENTS(perhaps) && !sandbox_can_limit_files(); i++)
        module_load(perhaps[i]);
    return sandbox_enter(profile, readable).missing;
}
