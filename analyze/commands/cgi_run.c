/* Reports for the page: see cgi_run.h. */
#define _GNU_SOURCE
#include "analyze/commands/cgi_run.h"

#include "analyze/commands/capture.h"
#include "analyze/commands/complain.h"
#include "analyze/commands/explain_inputs.h"
#include "analyze/commands/load.h"
#include "analyze/commands/output.h"
#include "parsers/sandbox/process_limits.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* --- in the other process --- */

static void set_options(struct options *o, const struct cgi_form *form, const struct mailwhy_format *format) {
    o->format = format;
    o->given = form->inputs;
    o->given_logs = form->logs->len ? form->logs : NULL;
    o->argument_count = 0;
    o->progress = 0;
    o->library.redact |= form->redacts;
    o->library.color = false;
    if (o->library.redact && !o->library.redact_key_file)
        o->library.redact_key_file = form->key_path;
    if (form->snapshot) {
        o->library.dns_text = form->snapshot->str;
        o->library.dns_length = form->snapshot->len;
    }
}

/* What of the DNS the report needs, asked now; it holds the visitor's own snapshot too. */
static int write_snapshot(struct options *o) {
    g_autoptr(GString) text = g_string_new(NULL);
    struct mailwhy *why = options_load_unread(o);
    int status = why ? options_check_dns(o, why) : STATUS_CONFIG;
    if (status == STATUS_OK)
        status = dns_capture(o, why, text);
    return output_whole(NULL, text->str, text->len) ? status : STATUS_OUTPUT;
}

typedef int make_text(struct options *o);

static void __attribute__((noreturn)) be_reporter(struct options o, make_text *make, int out, int notes) {
    struct rlimit most = {CGI_MOST_REPORT, CGI_MOST_REPORT};
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    prctl(PR_SET_DUMPABLE, 0); /* no core file holds what a visitor sent */
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(notes, STDERR_FILENO) < 0 || setrlimit(RLIMIT_FSIZE, &most) < 0)
        _exit(STATUS_BUG);
    int status = make(&o);
    fflush(stderr);
    _exit(status);
}

/* --- in this one --- */

/* Wait for a child: its wait status, or -1 where it is late; it has then been ended, with what it started.
 * SIGCHLD is blocked. */
static int wait_for(pid_t child, gint64 deadline) {
    sigset_t ended;
    int status;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    for (;;) {
        pid_t got = waitpid(child, &status, WNOHANG);
        if (got == child)
            return status;
        if (got < 0 && errno == EINTR)
            continue; /* its signal may have been taken already */
        gint64 left = deadline - g_get_monotonic_time();
        struct timespec wait = {left / G_USEC_PER_SEC, left % G_USEC_PER_SEC * 1000};
        if (left > 0 && (sigtimedwait(&ended, NULL, &wait) >= 0 || errno == EINTR))
            continue;
        kill(-child, SIGKILL);
        kill(child, SIGKILL);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            ;
        return -1;
    }
}

static GString *read_all(int fd) {
    struct stat st;
    GString *text = g_string_new(NULL);
    if (fstat(fd, &st) == 0)
        g_string_set_size(text, (gsize)st.st_size);
    for (gsize done = 0; done < text->len;) {
        ssize_t got = pread(fd, text->str + done, text->len - done, (off_t)done);
        if (got <= 0)
            g_string_truncate(text, done);
        done += got > 0 ? (gsize)got : 0;
    }
    return text;
}

/* Whose mistake is it, that a rule or a snapshot is wrong: that of whoever runs the page, or of whoever asks?
 * The former's is said on standard error, for the server's log. */
static bool are_options_right(const struct options *options) {
    struct options o = *options;
    struct mailwhy *why = options_load_unread(&o);
    bool are_right = why && options_check_dns(&o, why) == STATUS_OK;
    mailwhy_free(why);
    return are_right;
}

static enum http_status status_of(int ended, const struct cgi_form *form, const struct options *options) {
    if (ended < 0)
        return HTTP_TOO_LONG;
    if (!WIFEXITED(ended) || WEXITSTATUS(ended) == STATUS_USAGE)
        return HTTP_WENT_WRONG;
    int status = WEXITSTATUS(ended);
    if (status == STATUS_CONFIG)
        return are_options_right(options) && form->snapshot ? HTTP_NOT_UNDERSTOOD : HTTP_WENT_WRONG;
    if (status == STATUS_OUTPUT)
        return HTTP_TOO_LARGE;
    return HTTP_OK; /* whatever it says, where there is a report */
}

static struct cgi_report collect(int out, int notes, int ended, const struct cgi_form *form,
                                 const struct options *options) {
    struct cgi_report report = {.status = status_of(ended, form, options)};
    report.text = read_all(report.status == HTTP_NOT_UNDERSTOOD ? notes : out);
    if (ended >= 0 && WIFEXITED(ended) && WEXITSTATUS(ended) == STATUS_USAGE)
        complain("cgi: the DNS cannot be asked: no name server is configured, or --server names none");
    if (report.status == HTTP_OK)
        report.ended = WEXITSTATUS(ended);
    if (report.status == HTTP_OK && !report.text->len)
        report.status = HTTP_WENT_WRONG;
    return report;
}

static int start_and_wait(make_text *make, const struct options *o, int out, int notes, gint64 deadline) {
    sigset_t ended, before;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, &before);
    pid_t child = process_fork(SIGKILL);
    if (child == 0) {
        setpgid(0, 0);
        sigprocmask(SIG_SETMASK, &before, NULL);
        be_reporter(*o, make, out, notes);
    }
    if (child > 0)
        setpgid(child, child); /* whichever is first */
    int status = child > 0 ? wait_for(child, deadline) : STATUS_BUG << 8;
    sigprocmask(SIG_SETMASK, &before, NULL);
    return status;
}

static struct cgi_report make_apart(make_text *make, const struct cgi_form *form, const struct options *given,
                                    const struct mailwhy_format *format, gint64 deadline) {
    struct options o = *given;
    int out = memfd_create("mailwhy-report", MFD_CLOEXEC), notes = memfd_create("mailwhy-notes", MFD_CLOEXEC);
    struct cgi_report report = {.status = HTTP_WENT_WRONG};
    set_options(&o, form, format);
    if (out >= 0 && notes >= 0)
        report = collect(out, notes, start_and_wait(make, &o, out, notes, deadline), form, given);
    else
        report.text = g_string_new(NULL);
    if (out >= 0)
        close(out);
    if (notes >= 0)
        close(notes);
    return report;
}

static size_t sent_bytes(const struct cgi_form *form) {
    size_t bytes = 0;
    for (guint i = 0; i < form->inputs->len; i++) {
        struct stat st;
        if (fstat(g_array_index(form->inputs, struct given_input, i).fd, &st) == 0)
            bytes += (size_t)st.st_size;
    }
    return bytes;
}

struct cgi_report cgi_report_make(const struct cgi_form *form, const struct options *options,
                                  const struct mailwhy_format *format, unsigned times, gint64 deadline) {
    struct options o = *options;
    o.most_reported = CGI_LEAST_REPORTS + times * sent_bytes(form);
    return make_apart(command_explain_inputs, form, &o, format, deadline);
}

enum http_status cgi_ask_dns(struct cgi_form *form, const struct options *options, gint64 deadline) {
    if (!form->asks || !options->asks_dns || form->are_all_logs)
        return HTTP_OK;
    gint64 now = g_get_monotonic_time(), left = deadline - now;
    struct options o = *options;
    o.asking = (struct asking){(unsigned)CLAMP((left / 3 + G_USEC_PER_SEC / 2) / G_USEC_PER_SEC, 1, 3600),
                               CGI_ASK_QUESTIONS, true};
    struct cgi_report asked = make_apart(write_snapshot, form, &o, o.format, now + left / 2);
    form->dns_is_silent =
        asked.status == HTTP_TOO_LONG || (asked.status == HTTP_OK && asked.ended == STATUS_NO_INPUT);
    if (asked.status != HTTP_OK || form->dns_is_silent) {
        g_string_free(asked.text, TRUE);
        return form->dns_is_silent ? HTTP_OK : asked.status;
    }
    if (form->snapshot)
        g_string_free(form->snapshot, TRUE);
    form->snapshot = asked.text;
    return HTTP_OK;
}
