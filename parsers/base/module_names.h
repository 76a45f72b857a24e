/* Functions and tables that the library and its modules (module.h) use of each other, under names that no
 * program has: their names are seen by the dynamic linker, which would take a function of the same name in
 * somebody's program for ours. Every unit is compiled with this (-include); the linker says which name is
 * missing here. The first two are what the program has of it (analyze/commands/main.c). */
#ifndef MAILWHY_MODULE_NAMES_H
#define MAILWHY_MODULE_NAMES_H

#define program_main mailwhy_private_program_main
#define giving_up    mailwhy_private_giving_up

/* of the library */
#define address_domain            mailwhy_private_address_domain
#define address_of_mailbox        mailwhy_private_address_of_mailbox
#define arena_alloc               mailwhy_private_arena_alloc
#define arena_close               mailwhy_private_arena_close
#define arena_copy                mailwhy_private_arena_copy
#define arena_free                mailwhy_private_arena_free
#define arena_open                mailwhy_private_arena_open
#define arena_printf              mailwhy_private_arena_printf
#define arena_reset               mailwhy_private_arena_reset
#define arena_string              mailwhy_private_arena_string
#define builtin_rules             mailwhy_private_builtin_rules
#define canon_field               mailwhy_private_canon_field
#define canon_header              mailwhy_private_canon_header
#define canon_own_field           mailwhy_private_canon_own_field
#define date_parse                mailwhy_private_date_parse
#define dkim_can_be_computed      mailwhy_private_dkim_can_be_computed
#define dkim_cover                mailwhy_private_dkim_cover
#define dkim_result_name          mailwhy_private_dkim_result_name
#define dkim_wrong_tags           mailwhy_private_dkim_wrong_tags
#define dns_file_add              mailwhy_private_dns_file_add
#define dns_file_entry            mailwhy_private_dns_file_entry
#define dns_file_note_status      mailwhy_private_dns_file_note_status
#define dns_lookup                mailwhy_private_dns_lookup
#define dns_name_of_wire          mailwhy_private_dns_name_of_wire
#define dns_name_parse            mailwhy_private_dns_name_parse
#define dns_name_show             mailwhy_private_dns_name_show
#define dns_status_name           mailwhy_private_dns_status_name
#define dns_status_words          mailwhy_private_dns_status_words
#define dns_type_of               mailwhy_private_dns_type_of
#define dns_unescape              mailwhy_private_dns_unescape
#define encoded_words_within      mailwhy_private_encoded_words_within
#define encoding_decode           mailwhy_private_encoding_decode
#define field_find                mailwhy_private_field_find
#define field_next                mailwhy_private_field_next
#define file_errors_add           mailwhy_private_file_errors_add
#define file_errors_at            mailwhy_private_file_errors_at
#define hash_string               mailwhy_private_hash_string
#define header_split              mailwhy_private_header_split
#define header_value              mailwhy_private_header_value
#define input_close               mailwhy_private_input_close
#define input_open_small          mailwhy_private_input_open_small
#define ip_parse                  mailwhy_private_ip_parse
#define ip_reverse_name           mailwhy_private_ip_reverse_name
#define ip_text                   mailwhy_private_ip_text
#define key_damage                mailwhy_private_key_damage
#define key_find                  mailwhy_private_key_find
#define key_misfit                mailwhy_private_key_misfit
#define literal_extract           mailwhy_private_literal_extract
#define pattern_check             mailwhy_private_pattern_check
#define process_limit             mailwhy_private_process_limit
#define process_limit_memory      mailwhy_private_process_limit_memory
#define resolver_close            mailwhy_private_resolver_close
#define resolver_init             mailwhy_private_resolver_init
#define rule_list_entry           mailwhy_private_rule_list_entry
#define rule_schemas              mailwhy_private_rule_schemas
#define sandbox_enter             mailwhy_private_sandbox_enter
#define sandbox_state             mailwhy_private_sandbox_state
#define shown_name                mailwhy_private_shown_name
#define signature_parse           mailwhy_private_signature_parse
#define slice_equal_nocase_wholly mailwhy_private_slice_equal_nocase_wholly
#define slice_find                mailwhy_private_slice_find
#define slice_find_nocase         mailwhy_private_slice_find_nocase
#define slice_next_line           mailwhy_private_slice_next_line
#define slice_next_word           mailwhy_private_slice_next_word
#define slice_number              mailwhy_private_slice_number
#define slice_trim                mailwhy_private_slice_trim
#define spf_result_name           mailwhy_private_spf_result_name
#define tag_find                  mailwhy_private_tag_find
#define tag_holds                 mailwhy_private_tag_holds
#define tag_next                  mailwhy_private_tag_next
#define text_clean_line           mailwhy_private_text_clean_line
#define text_decode_header        mailwhy_private_text_decode_header
#define text_short                mailwhy_private_text_short
#define text_shown                mailwhy_private_text_shown
#define text_upto                 mailwhy_private_text_upto

/* of the modules */
#define ascii_name         mailwhy_private_ascii_name
#define codec_bzip2        mailwhy_private_codec_bzip2
#define codec_deflate      mailwhy_private_codec_deflate
#define codec_gzip         mailwhy_private_codec_gzip
#define codec_xz           mailwhy_private_codec_xz
#define codec_zstd         mailwhy_private_codec_zstd
#define dmarc_xml_read     mailwhy_private_dmarc_xml_read
#define dns_ask            mailwhy_private_dns_ask
#define engine_table       mailwhy_private_engine_table
#define mime_begin         mailwhy_private_mime_begin
#define mime_charset       mailwhy_private_mime_charset
#define mime_decode        mailwhy_private_mime_decode
#define mime_decode_header mailwhy_private_mime_decode_header
#define mime_forget        mailwhy_private_mime_forget
#define mime_tree_read     mailwhy_private_mime_tree_read
#define registrable_domain mailwhy_private_registrable_domain
#define registrant_is_same mailwhy_private_registrant_is_same
#define registry_is_known  mailwhy_private_registry_is_known
#define rule_files_load    mailwhy_private_rule_files_load
#define settings_read      mailwhy_private_settings_read

#endif
