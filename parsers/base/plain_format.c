/* Formats of texts and whole numbers: see plain_format.h. */
#define _GNU_SOURCE
#include "parsers/base/plain_format.h"

#include "parsers/base/decimal.h"

struct filling {
    char *out, *end; /* what is free */
};

static bool put(struct filling *f, const char *text, size_t length) {
    if (length > (size_t)(f->end - f->out))
        return false;
    memcpy(f->out, text, length);
    f->out += length;
    return true;
}

static bool put_number(struct filling *f, uint64_t value) {
    char digits[DECIMAL_SIZE];
    return put(f, digits, (size_t)(decimal_write_unsigned(digits, value) - digits));
}

static bool put_signed(struct filling *f, int64_t value) {
    char digits[DECIMAL_SIZE + 1];
    return put(f, digits, (size_t)(decimal_write(digits, value) - digits));
}

/* A value whose conversion is `word`, which begins behind the percent sign: the length of that word; 0: it is
 * another, or there is no room. */
static size_t fill(struct filling *f, const char *word, va_list *args) {
    if (word[0] == '.' && word[1] == '*' && word[2] == 's') {
        int most = va_arg(*args, int);
        const char *text = va_arg(*args, const char *);
        return put(f, text, most < 0 ? strlen(text) : strnlen(text, (size_t)most)) ? 3 : 0;
    }
    if (word[0] == 's') {
        const char *text = va_arg(*args, const char *);
        return text && put(f, text, strlen(text));
    }
    if (word[0] == 'u')
        return put_number(f, va_arg(*args, unsigned));
    if (word[0] == 'd')
        return put_signed(f, va_arg(*args, int));
    if (word[0] == 'z' && word[1] == 'u')
        return put_number(f, va_arg(*args, size_t)) ? 2 : 0;
    if (word[0] == 'l' && word[1] == 'u')
        return put_number(f, va_arg(*args, unsigned long)) ? 2 : 0;
    if (word[0] == 'l' && word[1] == 'l' && word[2] == 'd')
        return put_signed(f, va_arg(*args, long long)) ? 3 : 0;
    return 0;
}

size_t plain_format(char *out, size_t room, const char *format, va_list args) {
    struct filling f = {out, out + room};
    va_list rest;
    va_copy(rest, args);
    for (;;) {
        const char *value = strchrnul(format, '%');
        if (!put(&f, format, (size_t)(value - format)))
            break;
        if (!*value) {
            va_end(rest);
            *f.out = '\0';
            return (size_t)(f.out - out);
        }
        size_t used = fill(&f, value + 1, &rest);
        if (!used)
            break;
        format = value + 1 + used;
    }
    va_end(rest);
    return room + 1;
}
