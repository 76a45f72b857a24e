/* What a visitor sent: see cgi_form.h. */
#define _GNU_SOURCE
#include "analyze/commands/cgi_form.h"

#include "analyze/commands/reading.h"
#include "analyze/commands/reading_apart.h"
#include "analyze/report/redact_key.h"
#include "parsers/base/text.h"

#include <errno.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <unistd.h>

#define PART         65536
#define LONGEST_NAME 200 /* bytes of a file's name that are kept */

/* The fields of the form, by the names that stand in cgi_page.c. */
enum field { FIELD_TEXT, FIELD_FILE, FIELD_SNAPSHOT, FIELD_REDACT, FIELD_ASK, FIELD_LANGUAGE, FIELDS };
static const char *const field_names[] = {
    [FIELD_TEXT] = "text",     [FIELD_FILE] = "file", [FIELD_SNAPSHOT] = "dns",
    [FIELD_REDACT] = "redact", [FIELD_ASK] = "ask",   [FIELD_LANGUAGE] = "lang"};
_Static_assert(G_N_ELEMENTS(field_names) == FIELDS, "a name for each");

/* --- into memory --- */

/* Wait until standard input has something, or has ended. */
static bool is_ready(gint64 deadline) {
    struct pollfd wait = {.fd = STDIN_FILENO, .events = POLLIN};
    for (;;) {
        gint64 left = (deadline - g_get_monotonic_time()) / 1000;
        int ready = left > 0 ? poll(&wait, 1, (int)MIN(left, G_MAXINT)) : 0;
        if (ready >= 0 || errno != EINTR)
            return ready > 0;
    }
}

static bool write_all(int to, const char *bytes, size_t length) {
    for (ssize_t wrote; length; bytes += wrote, length -= (size_t)wrote)
        if ((wrote = write(to, bytes, length)) < 0)
            return false;
    return true;
}

/* No byte more is read than the server announced (RFC 3875 section 4.2). */
static enum http_status take_body(int to, uint64_t length, gint64 deadline) {
    static char part[PART];
    while (length) {
        if (!is_ready(deadline))
            return HTTP_TOO_SLOW;
        ssize_t got = read(STDIN_FILENO, part, (size_t)MIN(length, sizeof part));
        if (got < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (got <= 0)
            return HTTP_BAD_REQUEST;
        if (!write_all(to, part, (size_t)got))
            return HTTP_WENT_WRONG;
        length -= (uint64_t)got;
    }
    return HTTP_OK;
}

/* --- in a sandbox --- */

/* Where a field is in the body, and what it is called; as it is handed to the other process. */
struct place {
    uint64_t offset, length;
    uint32_t field;
    char name[LONGEST_NAME + 1];
};

struct splitting {
    const struct options *options;
    const struct form_boundary *boundary;
    struct slice body;
    struct output output;
    unsigned count; /* of the places that were written; one beyond the limit says that there are more */
};

static bool find_field(struct slice name, uint32_t *field) {
    for (*field = 0; *field < FIELDS; ++*field)
        if (slice_equal(name, slice_of(field_names[*field])))
            return true;
    return false;
}

/* The last part of a path, whatever system it is of. */
static void name_place(struct place *place, struct slice path, struct arena *arena) {
    for (size_t i = path.len; i > 0; i--)
        if (path.ptr[i - 1] == '/' || path.ptr[i - 1] == '\\') {
            path = slice_from(path, i);
            break;
        }
    struct slice name = text_upto(text_clean_line(arena, path), LONGEST_NAME);
    if (name.len)
        memcpy(place->name, name.ptr, name.len);
}

static bool is_blank(struct slice text) {
    return slice_trim(text).len == 0;
}

/* Files of which none was chosen, and empty boxes, are left out. */
static void write_place(struct splitting *s, const struct form_part *part, struct arena *arena) {
    struct place place = {.length = part->content.len};
    if (!find_field(part->name, &place.field) || is_blank(part->content))
        return;
    place.offset = (uint64_t)(part->content.ptr - s->body.ptr);
    if (place.field == FIELD_FILE)
        name_place(&place, part->file_name, arena);
    output_write(&s->output, (const char *)&place, sizeof place);
    s->count++;
}

static int split(void *context) {
    struct splitting *s = context;
    struct form_data form = {.boundary = s->boundary, .rest = s->body};
    struct form_part part;
    struct arena arena = {0};
    enum form_step step;
    prctl(PR_SET_DUMPABLE, 0); /* no core file holds what a visitor sent */
    reading_begin(s->options, SANDBOX_READER);
    while ((step = form_data_next(&form, &part)) == FORM_PART && s->count <= LIMIT_FORM_PARTS)
        write_place(s, &part, &arena);
    arena_free(&arena);
    return step == FORM_BROKEN ? STATUS_DATA : STATUS_OK;
}

/* --- what it said --- */

/* A copy of a piece of the body; -1 with errno. */
static int copy_place(int body, const struct place *place) {
    static char part[PART];
    int copy = memfd_create("mailwhy-file", MFD_CLOEXEC);
    for (uint64_t done = 0; copy >= 0 && done < place->length;) {
        ssize_t got =
            pread(body, part, (size_t)MIN(place->length - done, sizeof part), (off_t)(place->offset + done));
        if (got <= 0 || !write_all(copy, part, (size_t)got)) {
            close(copy);
            return -1;
        }
        done += (uint64_t)got;
    }
    return copy;
}

static GString *copy_text(struct slice body, const struct place *place) {
    struct slice text = slice_upto(slice_from(body, place->offset), place->length);
    return g_string_new_len(text.ptr, (gssize)text.len);
}

/* What reports call it. A hyphen is standard input to them. */
static char *name_of(const struct place *place) {
    if (place->field == FIELD_TEXT)
        return g_strdup("pasted text");
    bool is_name = place->name[0] && strcmp(place->name, "-") != 0 && !strchr(place->name, '/');
    return g_strdup(is_name ? place->name : "a file");
}

static bool add_input(struct cgi_form *form, int body, const struct place *place) {
    struct given_input input = {.fd = copy_place(body, place)};
    if (input.fd < 0)
        return false;
    input.name = name_of(place);
    g_array_append_val(form->inputs, input);
    return true;
}

static const char *language_named(struct slice name) {
    const char *code;
    for (size_t i = 0; (code = mailwhy_language_at(i)); i++)
        if (slice_equal(name, slice_of(code)))
            return code;
    return NULL;
}

static bool take_place(struct cgi_form *form, int fd, struct slice body, const struct place *place) {
    switch ((enum field)place->field) {
    case FIELD_TEXT:
        if (!form->text && place->length <= CGI_MOST_SHOWN)
            form->text = copy_text(body, place);
        return add_input(form, fd, place);
    case FIELD_FILE:
        return add_input(form, fd, place);
    case FIELD_SNAPSHOT:
        if (!form->snapshot)
            form->snapshot = copy_text(body, place);
        return true;
    case FIELD_REDACT:
        form->redacts = true;
        return true;
    case FIELD_ASK:
        form->asks = true;
        return true;
    case FIELD_LANGUAGE:
        form->language = language_named(slice_upto(slice_from(body, place->offset), place->length));
        return true;
    default:
        return false;
    }
}

/* Nothing that the other process says is believed: it has read what a stranger wrote. */
static enum http_status take_places(struct cgi_form *form, int fd, struct slice body, const GString *places) {
    if (places->len % sizeof(struct place))
        return HTTP_WENT_WRONG;
    if (places->len / sizeof(struct place) > LIMIT_FORM_PARTS)
        return HTTP_TOO_LARGE;
    uint64_t end = 0; /* of the place before: no byte is copied twice */
    for (size_t at = 0; at < places->len; at += sizeof(struct place)) {
        struct place place;
        memcpy(&place, places->str + at, sizeof place);
        place.name[LONGEST_NAME] = '\0';
        bool is_within = place.length <= body.len && place.offset <= body.len - place.length;
        if (!is_within || place.offset < end || !take_place(form, fd, body, &place))
            return HTTP_WENT_WRONG;
        end = place.offset + place.length;
    }
    return HTTP_OK;
}

/* Logs beside other inputs are where these are looked up. */
static void part_logs(struct cgi_form *form, const struct options *options) {
    struct options asked = *options;
    struct inputs inputs;
    asked.given = form->inputs;
    inputs_list(&inputs, &asked);
    g_autoptr(GArray) logs = g_array_new(FALSE, FALSE, sizeof(struct given_input));
    g_autoptr(GArray) others = g_array_new(FALSE, FALSE, sizeof(struct given_input));
    for (guint i = 0; i < form->inputs->len; i++)
        g_array_append_val(inputs_is_log(options, &inputs, i) ? logs : others,
                           g_array_index(form->inputs, struct given_input, i));
    inputs_free(&inputs);
    form->are_all_logs = logs->len && !others->len;
    if (!logs->len || !others->len)
        return;
    g_array_set_size(form->inputs, 0);
    g_array_append_vals(form->inputs, others->data, others->len);
    g_array_append_vals(form->logs, logs->data, logs->len);
}

static enum http_status take_apart(struct cgi_form *form, const struct options *options,
                                   const struct web_request *request, int fd) {
    g_autoptr(GString) places = g_string_new(NULL);
    size_t length = (size_t)request->length;
    void *mapped = mmap(NULL, MAX(length, 1), PROT_READ, MAP_SHARED, fd, 0);
    if (mapped == MAP_FAILED)
        return HTTP_WENT_WRONG;
    struct splitting s = {options, &request->boundary, {mapped, length}, OUTPUT_CLOSED, 0};
    int split_so = reading_collect(&s.output, split, &s, output_append, places);
    enum http_status status = split_so == STATUS_OK     ? take_places(form, fd, s.body, places)
                              : split_so == STATUS_DATA ? HTTP_BAD_REQUEST
                                                        : HTTP_WENT_WRONG;
    munmap(mapped, MAX(length, 1));
    return status;
}

/* Pseudonyms are the same in all that is made of one form, and in nothing else. */
static bool make_key(struct cgi_form *form) {
    char bytes[REDACT_KEY_OWN];
    form->key = memfd_create("mailwhy-key", MFD_CLOEXEC);
    if (form->key < 0 || getentropy(bytes, sizeof bytes) != 0 || !write_all(form->key, bytes, sizeof bytes))
        return false;
    form->key_path = g_strdup_printf("/proc/self/fd/%d", form->key);
    return true;
}

enum http_status cgi_form_take(struct cgi_form *form, const struct options *options,
                               const struct web_request *request, gint64 deadline) {
    *form = (struct cgi_form){.key = -1,
                              .inputs = g_array_new(FALSE, FALSE, sizeof(struct given_input)),
                              .logs = g_array_new(FALSE, FALSE, sizeof(struct given_input))};
    int fd = memfd_create("mailwhy-form", MFD_CLOEXEC);
    enum http_status status = fd < 0 ? HTTP_WENT_WRONG : take_body(fd, request->length, deadline);
    if (status == HTTP_OK)
        status = take_apart(form, options, request, fd);
    if (fd >= 0)
        close(fd);
    if (status == HTTP_OK && !make_key(form))
        status = HTTP_WENT_WRONG;
    if (status == HTTP_OK)
        part_logs(form, options);
    return status;
}

static void free_inputs(GArray *inputs) {
    for (guint i = 0; i < inputs->len; i++) {
        g_free(g_array_index(inputs, struct given_input, i).name);
        close(g_array_index(inputs, struct given_input, i).fd);
    }
    g_array_free(inputs, TRUE);
}

void cgi_form_free(struct cgi_form *form) {
    free_inputs(form->inputs);
    free_inputs(form->logs);
    if (form->key >= 0)
        close(form->key);
    g_free(form->key_path);
    if (form->snapshot)
        g_string_free(form->snapshot, TRUE);
    if (form->text)
        g_string_free(form->text, TRUE);
}
