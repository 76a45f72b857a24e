/* See asked_wait.h. */
#include "analyze/verdict/asked_wait.h"

#include <glib.h>

#define LONGEST_WAIT ((int64_t)31 * 24 * 3600)

/* "00:05:00" at the start of `s`; -1: it is none. */
static int64_t clock_span(struct slice s) {
    int64_t seconds = 0;
    for (unsigned part = 0; part < 3; part++) {
        size_t digits = 0;
        int n = slice_number(s, &digits);
        if (digits != 2 || n < 0 || (part && n > 59) || (part < 2 && (s.len < 3 || s.ptr[2] != ':')))
            return -1;
        seconds = seconds * 60 + n;
        s = slice_from(s, 3);
    }
    return s.len && ascii_is_digit(s.ptr[0]) ? -1 : seconds;
}

/* How units begin in the languages in which servers write; those of one letter stand behind all that begin
 * with it. */
static const struct unit {
    struct slice name;
    int64_t seconds;
} units[] = {
    {SLICE("sec"), 1},
    {SLICE("sek"), 1},
    {SLICE("seg"), 1},
    {SLICE("сек"), 1},
    {SLICE("秒"), 1},
    {SLICE("min"), 60},
    {SLICE("мин"), 60},
    {SLICE("хвил"), 60},
    {SLICE("分"), 60},
    {SLICE("hour"), 3600},
    {SLICE("hr"), 3600},
    {SLICE("hora"), 3600},
    {SLICE("heure"), 3600},
    {SLICE("ora"), 3600},
    {SLICE("ore"), 3600},
    {SLICE("stunde"), 3600},
    {SLICE("uur"), 3600},
    {SLICE("uren"), 3600},
    {SLICE("godz"), 3600},
    {SLICE("timm"), 3600},
    {SLICE("час"), 3600},
    {SLICE("小时"), 3600},
    {SLICE("小時"), 3600},
    {SLICE("時間"), 3600},
    {SLICE("day"), 86400},
    {SLICE("tag"), 86400},
    {SLICE("jour"), 86400},
    {SLICE("dias"), 86400},
    {SLICE("d\303\255a"), 86400},
    {SLICE("giorn"), 86400},
    {SLICE("дн"), 86400},
    {SLICE("天"), 86400},
    {SLICE("s"), 1},
    {SLICE("m"), 60},
    {SLICE("h"), 3600},
    {SLICE("d"), 86400},
};

static bool is_alone(struct slice rest) {
    return !rest.len || !(ascii_is_alpha(rest.ptr[0]) || (unsigned char)rest.ptr[0] >= 0x80);
}

/* The unit that begins `s`, and what stands behind its word; NULL: there is none. */
static const struct unit *unit_of(struct slice s, struct slice *rest) {
    while (s.len && (s.ptr[0] == ' ' || s.ptr[0] == '-'))
        s = slice_from(s, 1);
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        *rest = slice_from(s, units[i].name.len);
        if (!slice_starts_nocase(s, units[i].name) || (units[i].name.len == 1 && !is_alone(*rest)))
            continue;
        while (rest->len && (ascii_is_alpha(rest->ptr[0]) || strchr("().", rest->ptr[0])))
            *rest = slice_from(*rest, 1);
        return &units[i];
    }
    return NULL;
}

/* A number in digits or as a word; -1: there is none. */
static double number_of(struct slice s, size_t *length) {
    static const struct {
        struct slice word;
        double value;
    } words[] = {{SLICE("half an "), 0.5}, {SLICE("an "), 1},       {SLICE("one "), 1},
                 {SLICE("two "), 2},       {SLICE("three "), 3},    {SLICE("five "), 5},
                 {SLICE("ten "), 10},      {SLICE("fifteen "), 15}, {SLICE("twenty "), 20},
                 {SLICE("thirty "), 30},   {SLICE("sixty "), 60},   {SLICE("einer "), 1}};
    int n = slice_number(s, length);
    if (n >= 0)
        return *length < 7 ? n : -1;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_starts_nocase(s, words[i].word)) {
            *length = words[i].word.len - 1;
            return words[i].value;
        }
    return -1;
}

/* "1 hour(s) 25 minutes", "2h30m", "five minutes" at the start of `s`, larger units first; -1: it is none.
 * `rest` becomes what stands behind it. */
static int64_t spelled_span(struct slice s, struct slice *rest) {
    double span = -1;
    int64_t last = INT64_MAX;
    size_t digits = 0;
    for (*rest = s;; s = *rest) {
        struct slice behind;
        while (span >= 0 && s.len && strchr(" ,", s.ptr[0]))
            s = slice_from(s, 1);
        if (span >= 0 && slice_starts_nocase(s, SLICE("and ")))
            s = slice_from(s, strlen("and "));
        double n = number_of(s, &digits);
        const struct unit *unit = n >= 0 ? unit_of(slice_from(s, digits), &behind) : NULL;
        if (!unit || unit->seconds >= last)
            return (int64_t)span;
        span = MAX(span, 0) + n * (double)unit->seconds;
        last = unit->seconds;
        *rest = behind;
    }
}

/* Does one of the words that ask to wait stand shortly before, and no end till which it is tried? */
static bool asks_to_wait(struct slice before) {
    static const struct slice words[] = {SLICE("again"),
                                         SLICE("retry"),
                                         SLICE("wait"),
                                         SLICE("come back"),
                                         SLICE("later"),
                                         SLICE("greylist"),
                                         SLICE("graylist"),
                                         SLICE("postpone"),
                                         SLICE("defer"),
                                         SLICE("try in"),
                                         SLICE("try after"),
                                         SLICE("locked for"),
                                         SLICE("blocked for"),
                                         SLICE("versuch"),
                                         SLICE("warte"),
                                         SLICE("essayer"),
                                         SLICE("essayez"),
                                         SLICE("riprova"),
                                         SLICE("int\303\251nt"),
                                         SLICE("intent"),
                                         SLICE("tente nov"),
                                         SLICE("probeer"),
                                         SLICE("spr\303\263buj"),
                                         SLICE("повтор"),
                                         SLICE("попроб"),
                                         SLICE("请"),
                                         SLICE("請"),
                                         SLICE("等")};
    static const struct slice ends[] = {SLICE("until"), SLICE("trying"), SLICE("will be")};
    const size_t near = 60;
    before = slice_from(before, before.len > near ? before.len - near : 0);
    for (size_t i = 0; i < G_N_ELEMENTS(ends); i++)
        if (slice_find_nocase(before, ends[i]) < before.len)
            return false;
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_find_nocase(before, words[i]) < before.len)
            return true;
    return false;
}

/* "5分後", "30分钟后": after them. */
static bool is_after(struct slice behind) {
    static const struct slice words[] = {SLICE("後"), SLICE("后"), SLICE("钟后"), SLICE("鐘後")};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (slice_starts_nocase(behind, words[i]))
            return true;
    return false;
}

int64_t reply_retry_after(struct slice words) {
    for (size_t i = 0; i < words.len; i++) {
        struct slice rest = slice_from(words, i);
        struct slice behind;
        bool begins = ascii_is_alnum(words.ptr[i]) &&
                      (i == 0 || (!ascii_is_alnum(words.ptr[i - 1]) && words.ptr[i - 1] != '.'));
        if (!begins)
            continue;
        int64_t span = clock_span(rest);
        if (span < 0)
            span = spelled_span(rest, &behind);
        else
            behind = SLICE_EMPTY;
        if (span > 0 && span <= LONGEST_WAIT && (asks_to_wait(slice_upto(words, i)) || is_after(behind)))
            return span;
    }
    return -1;
}
