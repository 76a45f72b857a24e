/* Mails as attachments: see attached.h. */
#include "parsers/bounce/attached.h"

#include "parsers/message/field.h"

#include <glib.h>

#define ENOUGH_OF_HEADER ((size_t)64 << 10)

static bool is_type(const struct part *part, const char *type) {
    return strcmp(part->type, type) == 0;
}

static bool is_message(const struct part *part) {
    return is_type(part, "message/rfc822") || is_type(part, "message/global");
}

/* What a report returns, and the mails of a digest, nobody attached. */
static bool is_attachment(const struct part *part) {
    for (const struct part *p = part->parent; p; p = p->parent)
        if (is_type(p, "multipart/report") || is_type(p, "multipart/digest") ||
            strncmp(p->type, "message/", strlen("message/")) == 0)
            return false;
    return is_message(part) || is_type(part, "application/octet-stream");
}

static struct slice header_at_start(struct slice text) {
    text = slice_upto(text, ENOUGH_OF_HEADER);
    return slice_upto(text, MIN(slice_find(text, SLICE("\n\n")), slice_find(text, SLICE("\n\r\n"))));
}

/* A From field, and one that mail programs and servers write. */
static bool begins_as_mail(struct slice text) {
    static const char *const machine[] = {"received", "message-id", "mime-version", "date"};
    struct slice header = header_at_start(text);
    if (!header.len || !field_find(header, SLICE("from")).name.len)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(machine); i++)
        if (field_find(header, slice_of(machine[i])).name.len)
            return true;
    return false;
}

/* Its bytes; empty: it is no mail. */
static struct slice mail_of(const struct message *m, const struct part *part) {
    if (is_message(part) && part->encoding == ENCODING_PLAIN)
        return part_whole_message(m, part);
    struct slice start = encoding_decode(slice_upto(part->body, ENOUGH_OF_HEADER), part->encoding, m->arena);
    return begins_as_mail(start) ? encoding_decode(part->body, part->encoding, m->arena) : SLICE_EMPTY;
}

bool attached_next(struct message *message, const struct part **part, struct message *mail) {
    unsigned tried = 0;
    for (*part = *part ? (*part)->next : message->parts; *part; *part = (*part)->next) {
        if (!is_attachment(*part))
            continue;
        if (++tried > MOST_ATTACHED)
            return false;
        struct slice bytes = mail_of(message, *part);
        if (!bytes.len)
            continue;
        unsigned line = message_line(message, bytes.ptr);
        message_parse(mail, bytes, line, message->arena);
        return true;
    }
    return false;
}
