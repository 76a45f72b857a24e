#include "parsers/log/dialect.h"
static enum log_read qmail_read(struct log_reader *r, const struct log_line *line) { (void)r; (void)line; return LINE_NOT_MINE; }
const struct dialect dialect_qmail = {"qmail", qmail_read};
