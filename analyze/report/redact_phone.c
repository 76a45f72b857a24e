/* Numbers of telephones: see redact_phone.h. */
#include "analyze/report/redact_phone.h"

#include "parsers/base/ip.h"

#include <glib.h>

#define LEAST_DIGITS   6  /* behind a word that announces a number */
#define LEAST_OF_WORLD 8  /* behind "+" */
#define MOST_DIGITS    15 /* ITU-T E.164 */
#define LONGEST_NUMBER 40 /* with what stands between the digits */

/* How far digits go, with what people write between them; 0: there are too few of them or too many. */
static size_t number_length(const struct scan *s, size_t at, unsigned least) {
    size_t length = 0;
    unsigned digits = 0;
    for (size_t i = 0; i < LONGEST_NUMBER; i++) {
        char c = scan_char_at(s, at + i);
        if (ascii_is_digit(c)) {
            digits++;
            length = i + 1;
        } else if (!c || !strchr(" +()./-", c)) {
            break;
        }
    }
    bool is_cut = is_word_char(scan_char_at(s, at + length)) && scan_char_at(s, at + length) != '.';
    struct ip ip;
    bool is_address = ip_parse(scan_part(s, at, at + length), &ip);
    return digits >= least && digits <= MOST_DIGITS && !is_cut && !is_address ? length : 0;
}

/* "Tel. ", "Phone: " */
static bool is_announced(const struct scan *s, size_t at) {
    static const char *const words[] = {
        "tel",          "telefon",  "telephone", "phone",          "fon",
        "call",         "fax",      "mobile",    "mobil",          "handy",
        "cell",         "tfno.",    "tél",       "telefono",       "teléfono",
        "téléphone",    "telefone", "cellphone", "call me at",     "call us at",
        "ph",           "whatsapp", "hotline",   "hotline number", "contact number",
        "phone number", "tlf",      "ext",       "extension",      "durchwahl",
        "電話",         "电话",     "тел",       "телефон",        "\n m",
        ", m",          "; m"};
    static const char sign[] = "\xe2\x98\x8e"; /* a telephone */
    size_t end = at;
    while (end && at - end < 4 && strchr(" .:(", s->text.ptr[end - 1]))
        end--;
    struct slice before = slice_upto(s->text, end);
    if (slice_ends_nocase(before, slice_of(sign)))
        return true;
    return end < at && scan_ends_with_one(before, words, G_N_ELEMENTS(words));
}

size_t scan_take_phone(const struct scan *s, size_t at) {
    char first = scan_char_at(s, at);
    char before = scan_char_before(s, at);
    if (!s->is_reply || at < s->url_end || (first != '+' && first != '(' && !ascii_is_digit(first)) ||
        ascii_is_alnum(before))
        return 0;
    bool is_of_world = first == '+' || slice_starts_nocase(slice_from(s->text, at), SLICE("00")) ||
                       slice_starts_nocase(slice_from(s->text, at), SLICE("(+"));
    bool has_blank = slice_find_char(slice_upto(slice_from(s->text, at), LONGEST_NUMBER), ' ') < 8;
    size_t length = is_of_world && (first == '+' || has_blank) ? number_length(s, at, LEAST_OF_WORLD) : 0;
    if (!length && first == '(' && scan_char_at(s, at + 1) == '0') /* (030) 1234567 */
        length = number_length(s, at, LEAST_OF_WORLD);
    if (!length && is_announced(s, at))
        length = number_length(s, at, LEAST_DIGITS);
    if (length)
        scan_hide(s, NAME_TOKEN, scan_part(s, at, at + length));
    return length;
}
