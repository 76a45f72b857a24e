/* Why there is no report: what the parent of a crew says of the process that was to make it. */
#ifndef MAILWHY_CREW_WHY_H
#define MAILWHY_CREW_WHY_H

enum crew_why {
    WHY_NOT, /* nothing is wrong */
    WHY_DIED,
    WHY_LATE,
    WHY_LIED, /* what it wrote makes no sense */
    WHY_TOO_MUCH_MEMORY,
    WHY_TOO_LARGE, /* its report */
    WHY_NOT_STARTED,
    WHY_NOT_AGAIN, /* it died before it read the input */
    WHY_REST_NOT_AGAIN,
    WHY_REST_TOO_OFTEN,
    CREW_WHYS
};

/* Static text; NULL where nothing is wrong. */
const char *crew_why_text(enum crew_why why);

#endif
