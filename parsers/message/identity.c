/* Identities: see identity.h. Of a field that stands several times the first counts. */
#include "parsers/message/identity.h"

#include "parsers/base/address.h"
#include "parsers/base/date.h"
#include "parsers/base/text.h"
#include "parsers/message/field.h"

static void take(struct slice *into, struct arena *arena, struct field f) {
    if (into->len == 0)
        *into = text_decode_header(arena, slice_trim(f.raw));
}

void identity_read(struct identity *identity, struct slice header, struct arena *arena) {
    *identity = (struct identity){.date = -1};
    struct field f;
    while (header.len) {
        if (!field_next(&header, &f))
            break;
        identity->is_present = true;
        if (slice_equal_nocase(f.name, SLICE("message-id")))
            take(&identity->message_id, arena, f);
        else if (slice_equal_nocase(f.name, SLICE("from")))
            take(&identity->from, arena, f);
        else if (slice_equal_nocase(f.name, SLICE("to")))
            take(&identity->to, arena, f);
        else if (slice_equal_nocase(f.name, SLICE("subject")))
            take(&identity->subject, arena, f);
        else if (slice_equal_nocase(f.name, SLICE("return-path")) && identity->sender.len == 0)
            identity->sender = address_strip(text_clean_line(arena, slice_trim(f.raw)));
        else if (slice_equal_nocase(f.name, SLICE("date")) && identity->date < 0) {
            take(&identity->date_text, arena, f);
            identity->date = date_parse(identity->date_text);
        }
    }
}
