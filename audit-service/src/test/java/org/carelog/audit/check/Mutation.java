package org.carelog.audit.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Hash;
import org.carelog.proof.SignatureType;
import org.carelog.proof.SignedNote;
import org.carelog.proof.SigningKey;
import org.carelog.sql.SqlFailure;

/** What somebody does who may do everything to the database, and may have the log's key. */
enum Mutation {
    EDIT {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            return anyRow(ledger, random, (table, row) -> edit(ledger, random, table, row));
        }
    },
    DELETE {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            return anyRow(ledger, random, (table, row) -> {
                ledger.attacker.update("delete from %s where %s = ?".formatted(table, LedgerUnderAttack.ROW), row);
                return table;
            });
        }
    },
    CUT_THE_TAIL {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            long index = random.nextLong(ledger.size());
            ledger.cut(index, false);
            return Expected.upTo(index, "cut from " + index, ledger);
        }
    },
    RESTORE_AN_OLDER_BACKUP {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            long index = random.nextLong(ledger.size());
            ledger.cut(index, true);
            return Expected.upTo(index, "as it was at " + index, ledger);
        }
    },
    REWRITE_AND_SIGN {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            long index = ledger.gone() + random.nextLong(ledger.size() - ledger.gone());
            ledger.rewrite(index);
            return Expected.upTo(index, "another history from " + index, ledger);
        }
    },
    SWAP_LEAVES {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            List<Long> leaves = ledger.attacker.list("""
                    select leaf_index from ledger_leaf where tableoid = (
                        select tableoid from ledger_leaf order by (leaf_index * %d) %% 101 limit 1) order by leaf_index
                    """.formatted(1 + random.nextInt(100)), row -> row.getLong(1));
            if (leaves.size() < 2) {
                return null;
            }
            int place = random.nextInt(leaves.size() - 1);
            long one = leaves.get(place);
            long other = leaves.get(place + 1 + random.nextInt(leaves.size() - place - 1));
            String move = "update ledger_leaf set leaf_index = ? where leaf_index = ?";
            ledger.attacker.update(move, 1L << 40, one);
            ledger.attacker.update(move, one, other);
            ledger.attacker.update(move, other, 1L << 40);
            return Expected.at(one, "leaves %d and %d".formatted(one, other), ledger);
        }
    },
    SWAP_ENTRIES {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            String one = row(ledger, random, "access_record");
            String other = row(ledger, random, "access_record");
            Optional<Long> leaf = ledger.leafOf("access_record", one);
            int swapped = ledger.attacker.update("""
                    update access_record r set entry = o.entry from access_record o
                    where (concat(r.tableoid, r.ctid), concat(o.tableoid, o.ctid)) in ((?, ?), (?, ?)) and r.entry <> o.entry
                    """, one, other, other, one);
            return swapped == 2 ? new Expected(leaf, false, "entries", ledger.kept()) : null;
        }
    },
    EMPTY_AN_ENTRY_AND_ITS_SALT {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            String row = row(ledger, random, "access_record");
            Optional<Long> leaf = ledger.leafOf("access_record", row);
            if (leaf.isEmpty()) {
                return null;
            }
            ledger.attacker.update("update ledger_leaf set salt = '' where leaf_index = ?", leaf.get());
            ledger.attacker.update(
                    "update access_record set entry = '' where %s = ?".formatted(LedgerUnderAttack.ROW), row);
            return Expected.at(leaf.get(), "emptied", ledger);
        }
    },
    NOTE_THAT_AN_ENTRY_CANNOT_BE_SHOWN {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            String row = row(ledger, random, "access_record");
            Optional<Long> leaf = ledger.leafOf("access_record", row);
            int noted = ledger.attacker.update("""
                    insert into source_fault (source, seq, kind, noticed_at)
                    select source, seq, 'unreadable', received_at from access_record where %s = ?
                    on conflict do nothing
                    """.formatted(LedgerUnderAttack.ROW), row);
            return noted == 1 && leaf.isPresent() ? Expected.at(leaf.get(), "noted", ledger) : null;
        }
    },
    INSERT_A_BACKDATED_EVENT {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            String row = row(ledger, random, "resource");
            ledger.attacker.update("""
                    with copied as (
                        insert into resource (resource_type, resource_id, version_id, last_updated, is_deleted, patient_id)
                        select resource_type, gen_random_uuid()::text, 1, last_updated, false, patient_id
                        from resource where concat(tableoid, ctid) = ?
                        returning resource_key, last_updated, patient_id)
                    insert into resource_version (resource_key, version_id, resource_type, change, last_updated, patient_id, content)
                    select resource_key, 1, 'AuditEvent', 'created', last_updated, patient_id, '{}' from copied
                    """, row);
            return new Expected(Optional.empty(), false, "an event", ledger.kept());
        }
    },
    SIGN_ANOTHER_TREE_OF_THE_SAME_SIZE {
        @Override
        Expected apply(LedgerUnderAttack ledger, Random random) {
            List<SignedNote> kept = new ArrayList<>(ledger.kept());
            int place = random.nextInt(kept.size());
            long size = Checkpoint.parse(kept.get(place).text()).size();
            SigningKey stolen = SigningKey.of("carelog/audit", SignatureType.ED25519, new byte[32]);
            byte[] other = new byte[32];
            random.nextBytes(other);
            kept.add(place + random.nextInt(2), new Checkpoint("carelog/audit", size, Hash.of(other)).signed(stolen));
            return new Expected(Optional.of(size - 1), true, "two of %d leaves".formatted(size), kept);
        }
    };

    /**
     * What must be found.
     *
     * @param leaf that a finding must name; empty: any finding will do
     * @param orBefore whether the finding may name an earlier one, as the first of a stretch
     * @param what was done, for the message
     * @param kept the checkpoints that are outside of the database
     */
    record Expected(Optional<Long> leaf, boolean orBefore, String what, List<SignedNote> kept) {
        static Expected at(long leaf, String what, LedgerUnderAttack ledger) {
            return new Expected(Optional.of(leaf), false, what, ledger.kept());
        }

        static Expected upTo(long leaf, String what, LedgerUnderAttack ledger) {
            return new Expected(Optional.of(leaf), true, what, ledger.kept());
        }

        boolean isFound(List<Finding> findings) {
            return findings.stream()
                    .anyMatch(finding ->
                            leaf.isEmpty() || finding.leaf() == leaf.get() || orBefore && finding.leaf() <= leaf.get());
        }
    }

    /** @return null: it changed nothing, or a constraint does not allow it */
    abstract Expected apply(LedgerUnderAttack ledger, Random random);

    private interface Change {
        String apply(String table, String row);
    }

    private static Expected anyRow(LedgerUnderAttack ledger, Random random, Change change) {
        String table = LedgerUnderAttack.TABLES.get(random.nextInt(LedgerUnderAttack.TABLES.size()));
        String row = row(ledger, random, table);
        if (row == null) {
            return null;
        }
        Optional<Long> leaf = ledger.leafOf(table, row);
        boolean isBlurred = leaf.filter(ledger::isBlurred).isPresent();
        try {
            String what = change.apply(table, row);
            return what == null ? null : new Expected(leaf, isBlurred, what, ledger.kept());
        } catch (SqlFailure e) {
            return null;
        }
    }

    /** null: there is none. */
    private static String row(LedgerUnderAttack ledger, Random random, String table) {
        List<String> rows = ledger.attacker.list(
                "select %s from %s".formatted(LedgerUnderAttack.ROW, table), row -> row.getString(1));
        return rows.isEmpty() ? null : rows.get(random.nextInt(rows.size()));
    }

    private static String edit(LedgerUnderAttack ledger, Random random, String table, String row) {
        List<String[]> columns =
                ledger.attacker.list("""
                select column_name, data_type from information_schema.columns
                where table_schema = current_schema() and table_name = ? and column_name <> 'signed_at'
                order by ordinal_position
                """, found -> new String[] {found.getString(1), found.getString(2)}, table);
        String[] column = columns.get(random.nextInt(columns.size()));
        String value = changed(column[0], column[1]).replace("RANDOM", Integer.toString(random.nextInt(1 << 20)));
        int count = ledger.attacker.update(
                "update %1$s set %2$s = %3$s where %4$s = ? and %2$s is distinct from %3$s"
                        .formatted(table, column[0], value, LedgerUnderAttack.ROW),
                row);
        return count == 1 ? table + "." + column[0] : null;
    }

    private static String changed(String column, String type) {
        return switch (type) {
            case "bytea" ->
                "case when length(%1$s) = 0 then '\\x01'::bytea else set_bit(%1$s, RANDOM %% (8 * length(%1$s)), 1 - get_bit(%1$s, RANDOM %% (8 * length(%1$s)))) end"
                        .formatted(column);
            case "text" ->
                "case when coalesce(length(%1$s), 0) = 0 then 'x' else overlay(%1$s placing chr(97 + RANDOM %% 26) from 1 + RANDOM %% length(%1$s) for 1) end"
                        .formatted(column);
            case "boolean" -> "not coalesce(%s, false)".formatted(column);
            case "timestamp with time zone" -> column + " + interval '1 microsecond'";
            case "jsonb" -> column + " || '{\"1\": [1, 1]}'";
            case "ARRAY" -> column + " || 1::bigint";
            default -> column + " + 1";
        };
    }
}
