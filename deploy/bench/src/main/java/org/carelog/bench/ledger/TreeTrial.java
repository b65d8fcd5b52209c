package org.carelog.bench.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.carelog.bench.client.Percentiles;
import org.carelog.bench.limit.ScratchDatabase;
import org.carelog.proof.Frontier;
import org.carelog.proof.Hash;
import org.carelog.proof.InclusionProof;
import org.carelog.proof.Subtree;
import org.carelog.proof.Tree;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The hashes of a tree of as many leaves as are asked for, as the ledger keeps them, in a database that has nothing else. */
final class TreeTrial implements AutoCloseable {
    private final ScratchDatabase database;
    private final long leaves;
    private Hash root;

    TreeTrial(ScratchDatabase database, long leaves) {
        this.database = database;
        this.leaves = leaves;
    }

    void fill() throws SQLException, IOException {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table ledger_hash (level smallint, position bigint, hash bytea)");
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy ledger_hash from stdin");
            Frontier frontier = new Frontier();
            StringBuilder rows = new StringBuilder();
            for (long leaf = 0; leaf < leaves; leaf++) {
                frontier.add(
                        leaf(leaf),
                        (subtree, hash) -> rows.append(subtree.level())
                                .append('\t')
                                .append(subtree.position())
                                .append("\t\\\\x")
                                .append(HexFormat.of().formatHex(hash.bytes()))
                                .append('\n'));
                if (rows.length() > 1 << 16 || leaf == leaves - 1) {
                    byte[] bytes = rows.toString().getBytes(StandardCharsets.US_ASCII);
                    copy.writeToCopy(bytes, 0, bytes.length);
                    rows.setLength(0);
                }
            }
            copy.endCopy();
            statement.execute("alter table ledger_hash add primary key (level, position)");
            root = frontier.root();
        }
        database.tidyUp();
    }

    private static Hash leaf(long index) {
        return Hash.leaf(Long.toString(index).getBytes(StandardCharsets.US_ASCII));
    }

    /** How long a proof of any leaf takes, each of which is checked. */
    Percentiles proofs(int count) throws SQLException {
        Percentiles took = new Percentiles();
        Random random = new Random(7);
        try (Connection connection = database.connection()) {
            Tree tree = new Tree(subtrees -> hashes(connection, subtrees));
            for (int i = 0; i < count; i++) {
                long index = random.nextLong(leaves);
                long begin = System.nanoTime();
                InclusionProof proof = tree.inclusion(index, leaves);
                took.add(System.nanoTime() - begin);
                if (!proof.proves(leaf(index), root)) {
                    throw new IllegalStateException("no proof of leaf " + index);
                }
            }
        }
        return took;
    }

    /** As the ledger asks for them. */
    private static List<Hash> hashes(Connection connection, List<Subtree> subtrees) {
        Map<Subtree, Hash> found = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                select level, position, hash
                from unnest(?, ?) as wanted (level, position) join ledger_hash using (level, position)
                """)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "int8", subtrees.stream().map(s -> (long) s.level()).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "int8", subtrees.stream().map(Subtree::position).toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(new Subtree(row.getInt(1), row.getLong(2)), Hash.of(row.getBytes(3)));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return subtrees.stream().map(found::get).toList();
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
