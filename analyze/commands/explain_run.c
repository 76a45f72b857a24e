/* What the reading of one input and that of several share: see explain_run.h. */
#include "analyze/commands/explain_run.h"

#include "analyze/deliveries/story_bytes.h"

void run_read_stories(struct explain_run *run) {
    if (!run->stories)
        return;
    search_init(&run->search);
    stories_read(&run->search, (struct slice){run->stories->str, run->stories->len});
    run->why->search = &run->search;
}

const struct mailwhy_format *run_format(const struct explain_run *run) {
    return run->options->summary ? NULL : run->options->format;
}
