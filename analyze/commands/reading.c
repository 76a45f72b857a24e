/* Entering the sandbox: see reading.h. */
#include "analyze/commands/reading.h"

#include "analyze/commands/complain.h"
#include "parsers/base/mime_text.h"
#include "parsers/sandbox/process_limits.h"

#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What any input may ask for, beside what messages do; with Landlock these can be loaded inside. */
static const enum module perhaps[] = {MODULE_GZIP, MODULE_BZIP2, MODULE_XZ, MODULE_ZSTD, MODULE_XML};

void reading_prepare(void) {
    FROM_MODULE(MODULE_MESSAGE, mime_begin)();
    module_load(MODULE_NAMES);
}

static void load_all(void) {
    reading_prepare();
    for (size_t i = 0; i < G_N_ELEMENTS(perhaps); i++)
        module_load(perhaps[i]);
}

const char *reading_begin(const struct options *options, enum sandbox_profile profile) {
    if (options->no_sandbox)
        return "this was read without a sandbox (--no-sandbox)";
    const char *readable[] = {module_folder(), NULL};
    tzset();
    if (!sandbox_can_limit_files())
        load_all();
    return sandbox_enter(profile, readable).missing;
}

void reading_begin_aloud(const struct options *options) {
    const char *notice = reading_begin(options, SANDBOX_READER);
    if (notice)
        complain(notice);
}

int reading_asked(const struct options *options, int (*say)(void *context), void *context) {
    int ended = 0;
    pid_t child = process_fork(SIGKILL);
    if (child == 0) {
        reading_begin(options, SANDBOX_READER);
        _exit(say(context));
    }
    if (child < 0)
        return STATUS_BUG;
    while (waitpid(child, &ended, 0) < 0)
        if (errno != EINTR)
            return STATUS_BUG;
    return WIFEXITED(ended) ? WEXITSTATUS(ended) : STATUS_BUG;
}
