/* Signs as ASCII: see plain_signs.h. */
#include "analyze/commands/plain_signs.h"

#include <string.h>

static const struct {
    const char *sign, *plain;
} rows[] = {{"→", "->"}, {"⇒", "=>"}, {"█", "#"},  {"…", "..."}, {"×", "x"}, {"·", "-"}, {"✕", "x"},
            {"✓", "+"},  {"“", "\""}, {"”", "\""}, {"–", "-"},   {"—", "-"}, {"’", "'"}};

void plain_signs_append(GString *out, const char *bytes, size_t length) {
    while (length) {
        size_t used = 1;
        size_t row = (unsigned char)*bytes < 0x80 ? G_N_ELEMENTS(rows) : 0;
        while (row < G_N_ELEMENTS(rows) && (length < strlen(rows[row].sign) ||
                                            memcmp(bytes, rows[row].sign, strlen(rows[row].sign)) != 0))
            row++;
        if (row < G_N_ELEMENTS(rows)) {
            g_string_append(out, rows[row].plain);
            used = strlen(rows[row].sign);
        } else {
            g_string_append_c(out, *bytes);
        }
        bytes += used;
        length -= used;
    }
}
