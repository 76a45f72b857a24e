/* Addresses of DMARC reports: see dmarc_uri.h. */
#include "parsers/dns/dmarc_uri.h"

#include "parsers/base/address.h"

/* scheme = ALPHA *( ALPHA / DIGIT / "+" / "-" / "." ) (RFC 3986 section 3.1), up to its colon; 0: none. */
static size_t scheme_length(struct slice text) {
    size_t len = slice_find_char(text, ':');
    for (size_t i = 0; i < len; i++)
        if (!ascii_is_alnum(text.ptr[i]) && !ascii_is_any(text.ptr[i], "+-."))
            return 0;
    return len < text.len && len && ascii_is_alpha(text.ptr[0]) ? len : 0;
}

static bool is_address(struct slice text) {
    struct slice domain = address_domain(text);
    for (size_t i = 0; i < text.len; i++)
        if (ascii_is_space(text.ptr[i]))
            return false;
    return domain.len && domain.len + 1 < text.len && address_is_valid(text);
}

/* 1*DIGIT [ "k" / "m" / "g" / "t" ] */
static bool is_size(struct slice text) {
    size_t digits = 0;
    while (digits < text.len && ascii_is_digit(text.ptr[digits]))
        digits++;
    return digits &&
           (digits == text.len || (digits + 1 == text.len && ascii_is_any(text.ptr[digits], "kmgtKMGT")));
}

/* The host of "https://host[:port]/…". */
static struct slice host_of(struct slice rest) {
    if (!slice_starts_nocase(rest, SLICE("//")))
        return SLICE_EMPTY;
    rest = slice_from(rest, 2);
    size_t end = 0;
    while (end < rest.len && !ascii_is_any(rest.ptr[end], "/?#:"))
        end++;
    return slice_upto(rest, end);
}

bool dmarc_uri_next(struct slice *list, struct dmarc_uri *uri) {
    if (!slice_trim(*list).len)
        return false;
    struct slice text = slice_upto(*list, slice_find_char(*list, ','));
    *list = slice_from(*list, text.len + 1);
    *uri = (struct dmarc_uri){.text = slice_trim(text)};
    size_t size = slice_find_char(uri->text, '!');
    uri->has_size = size < uri->text.len;
    uri->is_size = is_size(slice_from(uri->text, size + 1));
    text = slice_upto(uri->text, size);
    size_t scheme = scheme_length(text);
    struct slice rest = slice_from(text, scheme ? scheme + 1 : 0);
    uri->is_mail = slice_equal_nocase(slice_upto(text, scheme), SLICE("mailto"));
    uri->is_bare_address = !scheme && is_address(text);
    if (!uri->is_mail && !uri->is_bare_address) {
        uri->domain = host_of(rest);
        uri->is_valid = scheme && rest.len && slice_find_char(rest, ' ') == rest.len;
        uri->is_misspelt = scheme && is_address(rest);
        uri->address = uri->is_misspelt ? rest : SLICE_EMPTY;
        return true;
    }
    uri->address = slice_upto(rest, slice_find_char(rest, '?'));
    uri->is_valid = uri->is_mail && is_address(uri->address);
    uri->domain = address_domain(uri->address);
    return true;
}
