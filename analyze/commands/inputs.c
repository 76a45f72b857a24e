/* Inputs: see inputs.h. */
#include "analyze/commands/inputs.h"

#include "analyze/commands/complain.h"
#include "analyze/commands/reading.h"
#include "parsers/base/folder.h"
#include "parsers/log/source.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct opening {
    struct inputs *inputs;
    bool is_quiet;
};

static void take_problem(void *context, const char *path, int error, const char *text) {
    const struct opening *o = context;
    if (error)
        o->inputs->status = STATUS_NO_INPUT;
    if (error || !o->is_quiet)
        complain_of_input(path, error ? g_strerror(error) : text);
}

static bool is_folder(const char *path) {
    struct stat st;
    return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

void inputs_init(struct inputs *inputs) {
    *inputs = (struct inputs){g_ptr_array_new_with_free_func(g_free),
                              g_array_new(FALSE, TRUE, sizeof(size_t)), STATUS_OK};
}

void inputs_list(struct inputs *inputs, const struct options *options) {
    struct opening opening = {inputs, options->quiet};
    inputs_init(inputs);
    for (size_t i = 0; i < options->argument_count; i++) {
        const char *path = options->arguments[i];
        size_t folder = is_folder(path) ? strlen(path) : 0;
        if (folder)
            folder_list(path, inputs->paths, take_problem, &opening);
        else
            g_ptr_array_add(inputs->paths, g_strdup(path));
        while (inputs->folders->len < inputs->paths->len)
            g_array_append_val(inputs->folders, folder);
    }
    if (options->argument_count == 0)
        g_ptr_array_add(inputs->paths, g_strdup("-"));
    g_array_set_size(inputs->folders, inputs->paths->len);
}

void inputs_free(struct inputs *inputs) {
    g_ptr_array_free(inputs->paths, TRUE);
    g_array_free(inputs->folders, TRUE);
}

const size_t *inputs_folders(const struct inputs *inputs) {
    return (const size_t *)(const void *)inputs->folders->data;
}

size_t inputs_folder(const struct inputs *inputs, size_t number) {
    return inputs_folders(inputs)[number];
}

int inputs_open(const struct inputs *inputs, size_t number, struct input *input) {
    return input_open_found(input, inputs->paths->pdata[number], inputs_folder(inputs, number));
}

bool inputs_can_reopen(const struct inputs *inputs, size_t number) {
    struct stat st;
    const char *path = inputs->paths->pdata[number];
    return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static int look_at(void *context) {
    return source_begins_as_log(*(const int *)context) ? STATUS_OK : STATUS_DATA;
}

static bool is_log(const struct options *options, const struct inputs *inputs, guint number) {
    const char *path = inputs->paths->pdata[number];
    if (!inputs_can_reopen(inputs, number))
        return false;
    int fd = input_descriptor(path, inputs_folder(inputs, number));
    bool is_one = fd >= 0 && reading_asked(options, look_at, &fd) == STATUS_OK;
    if (fd >= 0)
        close(fd);
    return is_one;
}

bool inputs_are_logs(const struct options *options, const struct inputs *inputs) {
    for (guint i = 0; i < inputs->paths->len; i++)
        if (!is_log(options, inputs, i))
            return false;
    return inputs->paths->len > 0;
}
