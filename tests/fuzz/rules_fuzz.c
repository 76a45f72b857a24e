/* Any bytes as a rule file, and a reply judged by what was read of it. */
#define _GNU_SOURCE
#include "analyze/mailwhy.h"
#include "tests/fuzz/hold.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char reply[] = "550 5.7.1 Message refused, 192.0.2.5 is on a list; see https://example.org/";
    char path[32];
    const char *files[] = {path};
    struct mailwhy_options options = {.size = sizeof(struct mailwhy_options),
                                      .rule_files = files,
                                      .rule_file_count = 1,
                                      .no_builtin_rules = true};
    int file = memfd_create("rules", 0);
    snprintf(path, sizeof path, "/dev/fd/%d", file);
    if (write(file, data, size) == (ssize_t)size && lseek(file, 0, SEEK_SET) == 0) {
        struct mailwhy *why = mailwhy_new(&options);
        struct mailwhy_worker *worker = why ? mailwhy_worker_new(why) : NULL;
        g_autoptr(GString) line = g_string_new(NULL);
        if (worker)
            mailwhy_explain_reply(worker, reply, strlen(reply), mailwhy_format_find("ndjson"), keep, line);
        hold_json_lines(kept(line));
        mailwhy_worker_free(worker);
        mailwhy_free(why);
    }
    close(file);
    return 0;
}
