/* What somebody may have meant: see nearest.h. */
#include "parsers/base/nearest.h"

#include <glib.h>
#include <string.h>

#define LONGEST_NAME 64 /* bytes of a word that are compared */

/* How many letters differ, are missing, or have changed places (Damerau and Levenshtein), case aside. */
static unsigned distance(struct slice a, struct slice b) {
    unsigned rows[3][LONGEST_NAME + 1];
    a = slice_upto(a, LONGEST_NAME);
    b = slice_upto(b, LONGEST_NAME);
    for (size_t j = 0; j <= b.len; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a.len; i++) {
        unsigned *row = rows[i % 3];
        const unsigned *above = rows[(i + 2) % 3];
        const unsigned *two_above = rows[(i + 1) % 3];
        row[0] = (unsigned)i;
        for (size_t j = 1; j <= b.len; j++) {
            char one = ascii_lower(a.ptr[i - 1]);
            char other = ascii_lower(b.ptr[j - 1]);
            row[j] = MIN(above[j - 1] + (one != other), MIN(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && one == ascii_lower(b.ptr[j - 2]) && other == ascii_lower(a.ptr[i - 2]))
                row[j] = MIN(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[a.len % 3][b.len];
}

/* Does one stand in the other as whole words of it: "size" in "message-size"? */
static bool stands_in(struct slice text, struct slice part) {
    size_t at = slice_find_nocase(text, part);
    size_t end = at + part.len;
    return part.len > 2 && at < text.len && (!at || !ascii_is_alnum(text.ptr[at - 1])) &&
           (end == text.len || !ascii_is_alnum(text.ptr[end]));
}

/* A letter is mistyped in a short word, a few are in a long one; two in a short one where the first is right.
 */
static bool is_near(struct slice word, struct slice compared, unsigned far) {
    size_t longest = MAX(word.len, compared.len);
    if (longest < 3 || !word.len || !compared.len)
        return false;
    bool begins_alike = ascii_lower(word.ptr[0]) == ascii_lower(compared.ptr[0]);
    return (far <= 1 && (longest > 3 || begins_alike)) || far * 4 <= longest ||
           (far == 2 && longest > 4 && begins_alike);
}

void nearest_offer(struct nearest *n, struct slice compared, const char *name) {
    struct slice word = n->word;
    size_t most = MIN(n->most, NEAREST_MOST);
    unsigned far = distance(word, compared);
    bool is_part = stands_in(compared, word) || stands_in(word, compared);
    if (is_part)
        far = MIN(far, 2);
    else if (!is_near(word, compared, far))
        return;
    for (size_t i = 0; i < n->count; i++)
        if (strcmp(n->names[i], name) == 0)
            return;
    size_t at = n->count < most ? n->count++ : most;
    while (at && n->distances[at - 1] > far) {
        if (at < most) {
            n->names[at] = n->names[at - 1];
            n->distances[at] = n->distances[at - 1];
        }
        at--;
    }
    if (at < most) {
        n->names[at] = name;
        n->distances[at] = far;
    }
}

void nearest_settle(struct nearest *n) {
    while (n->count > 1 && n->distances[0] <= 1 && n->distances[n->count - 1] > n->distances[0])
        n->count--;
}
