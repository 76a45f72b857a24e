/* Identities: see identity.h. Of a field that stands several times the first counts. */
#include "parsers/message/identity.h"

#include "parsers/base/address.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"
#include "parsers/message/field.h"

static struct slice read_words(struct arena *arena, struct field f) {
    return text_decode_header(arena, slice_trim(f.raw));
}

static struct slice read_mailbox(struct arena *arena, struct field f) {
    return address_strip(text_clean_line(arena, slice_trim(f.raw)));
}

static struct slice read_address(struct arena *arena, struct field f) {
    return address_of_mailbox(text_clean_line(arena, slice_trim(f.raw)));
}

#define MEMBER(name) offsetof(struct identity, name)

static const struct {
    const char *name;
    struct slice (*read)(struct arena *arena, struct field f);
    size_t member;
} fields[] = {
    {"message-id", read_words, MEMBER(message_id)},
    {"from", read_words, MEMBER(from)},
    {"to", read_words, MEMBER(to)},
    {"reply-to", read_address, MEMBER(reply_to)},
    {"subject", read_words, MEMBER(subject)},
    {"return-path", read_mailbox, MEMBER(sender)},
    {"date", read_words, MEMBER(date_text)},
};

static void read_field(struct identity *identity, struct field f, struct arena *arena) {
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        struct slice *member = (struct slice *)((char *)identity + fields[i].member);
        if (slice_is_nocase(f.name, fields[i].name) && !member->len)
            *member = fields[i].read(arena, f);
    }
}

void identity_read(struct identity *identity, struct slice header, struct arena *arena) {
    *identity = (struct identity){.date = -1};
    struct field f;
    while (header.len) {
        if (!field_next(&header, &f))
            break;
        identity->is_present = true;
        read_field(identity, f, arena);
    }
    if (identity->date_text.len)
        identity->date = date_parse(identity->date_text);
}
