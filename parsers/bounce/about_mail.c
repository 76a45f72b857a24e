/* See about_mail.h. */
#include "parsers/bounce/about_mail.h"

#include <glib.h>

/* What mail is called in the languages of the rules, as far as it is not "mail" itself; its protocol;
 * and Exchange's store of mailboxes, which its errors name. */
static const struct slice names[] = {
    SLICE("mail"), SLICE("smtp"),  SLICE("correo"), SLICE("courriel"), SLICE("posta"),   SLICE("poczt"),
    SLICE("pošt"), SLICE("poşta"), SLICE("levél"),  SLICE("почт"),     SLICE("письм"),   SLICE("пошт"),
    SLICE("邮"),   SLICE("郵"),    SLICE("メール"), SLICE("메일"),     SLICE("viestin"), SLICE("STOREDRV"),
};

static bool is_mailbox_at(struct slice text, size_t at) {
    if (!at || at + 1 >= text.len || !ascii_is_alnum(text.ptr[at - 1]))
        return false;
    for (size_t i = at + 1; i < text.len; i++) {
        if (text.ptr[i] == '.' && i + 1 < text.len)
            return ascii_is_alnum(text.ptr[i + 1]) && i > at + 1;
        if (!ascii_is_alnum(text.ptr[i]) && text.ptr[i] != '-')
            return false;
    }
    return false;
}

static bool names_mailbox(struct slice text) {
    for (size_t from = 0; from < text.len;) {
        size_t at = from + slice_find_char(slice_from(text, from), '@');
        if (at < text.len && is_mailbox_at(text, at))
            return true;
        from = at + 1;
    }
    return false;
}

bool speaks_of_mail(struct slice text) {
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (slice_find_nocase(text, names[i]) < text.len)
            return true;
    return names_mailbox(text);
}

bool is_question(struct slice text) {
    static const struct slice marks[] = {SLICE("?"), SLICE("？"), SLICE("؟")};
    text = slice_trim(text);
    while (text.len && strchr("\"')", text.ptr[text.len - 1]))
        text.len--;
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (slice_ends_nocase(text, marks[i]))
            return true;
    return false;
}

bool speaks_of_own_mail(struct slice text) {
    static const struct slice words[] = {
        SLICE("my mail"),      SLICE("my e-mail"),     SLICE("my email"),        SLICE("my message"),
        SLICE("my password"),  SLICE("my newsletter"), SLICE("meine mail"),      SLICE("meine e-mail"),
        SLICE("meine nachr"),  SLICE("mein postfach"), SLICE("meinem postfach"), SLICE("mein passwort"),
        SLICE("mes mails"),    SLICE("mes messages"),  SLICE("mes e-mails"),     SLICE("mes courriels"),
        SLICE("mon courriel"), SLICE("ma boîte"),      SLICE("mi correo"),       SLICE("mis correos"),
        SLICE("mi buzón"),     SLICE("mis mensajes"),
    };
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        size_t at = slice_find_nocase(text, words[i]);
        if (at < text.len && (!at || !ascii_is_alnum(text.ptr[at - 1])))
            return true;
    }
    return false;
}

/* What HTTP, FTP (RFC 959 section 4.2) and SSH write where they refuse: their users and codes are others'. */
bool speaks_of_others(struct slice text) {
    static const struct slice marks[] = {SLICE("HTTP/1."), SLICE("HTTP/2"), SLICE("HTTPError"),
                                         SLICE("\n331 "),  SLICE("\nftp"),  SLICE("sshd[")};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (slice_find(text, marks[i]) < text.len)
            return !speaks_of_mail(text);
    return false;
}

bool is_short_and_told(struct slice text) {
    return text.len <= SHORT_TEXT && !speaks_of_others(text);
}

struct slice next_paragraph(struct slice *rest) {
    struct slice start = *rest;
    struct slice line;
    size_t length = 0;
    while (slice_next_line(rest, &line) && slice_trim(line).len)
        length = (size_t)(line.ptr + line.len - start.ptr);
    return slice_upto(start, length);
}

struct slice text_about_mail(struct slice text, struct arena *arena) {
    if (is_short_and_told(text))
        return text;
    if (text.len > MOST_OF_PASTED)
        return SLICE_EMPTY;
    char *copy = arena_open(arena, text.len + 1);
    size_t used = 0;
    while (text.len) {
        struct slice paragraph = next_paragraph(&text);
        if (!speaks_of_mail(paragraph))
            continue;
        if (used)
            copy[used++] = '\n';
        memcpy(copy + used, paragraph.ptr, paragraph.len);
        used += paragraph.len;
    }
    return arena_close(arena, copy, used);
}
