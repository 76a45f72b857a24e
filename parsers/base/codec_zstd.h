/* zstd, by libzstd (in a module: module.h). */
#ifndef MAILWHY_CODEC_ZSTD_H
#define MAILWHY_CODEC_ZSTD_H

#include "parsers/base/codec.h"
#include "parsers/base/module.h"

extern const struct codec codec_zstd IN_MODULE;

#endif
