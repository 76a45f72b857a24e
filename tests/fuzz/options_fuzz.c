/* Any bytes as a command line, a word a line: it is understood, or found wrong; nothing is run. */
#include "analyze/commands/options_read.h"

#include "analyze/commands/command_table.h"
#include "analyze/status.h"
#include "tests/fuzz/hold.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    g_autofree char *text = g_strndup((const char *)data, size);
    g_autofree char *line = g_strconcat("mailwhy\n", text, NULL);
    g_auto(GStrv) words = g_strsplit(line, "\n", 64);
    g_autofree char **given =
        g_memdup2(words, (g_strv_length(words) + 1) * sizeof *words); /* getopt sorts it */
    struct options options;
    options_init(&options);
    int status = options_read(&options, (int)g_strv_length(given), given, &mailwhy_program);
    HOLDS(status == STATUS_OK || status == STATUS_USAGE);
    HOLDS(status != STATUS_OK || options.command);
    options_clear(&options);
    return 0;
}
