package org.carelog.verify;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.carelog.proof.Checkpoint;
import org.carelog.proof.Frontier;
import org.carelog.proof.Hash;
import org.carelog.proof.InclusionProof;

/** Checks an export, line by line, whatever its size. For one export and one thread. */
final class ExportCheck {
    private final Manifest manifest;
    private final Checkpoint tree;
    private final Optional<Checkpoint> kept;
    private final Frontier frontier;
    private long row;
    private long next;
    private long shown;
    private long notices;
    private long erased;
    private Optional<GivenUp> givenUp = Optional.empty();
    /** The first leaf that no proof has reached yet. */
    private long unproved;

    /** @param kept a checkpoint of the log that came by another way */
    ExportCheck(Manifest manifest, Optional<Checkpoint> kept) {
        this.manifest = manifest;
        this.tree = manifest.tree();
        this.kept = kept;
        this.next = manifest.first();
        this.unproved = manifest.first();
        this.frontier = new Frontier(manifest.first(), manifest.edge());
    }

    /**
     * What an export that is right has.
     *
     * @param givenUp why it does not begin with the log's first leaf; empty: it was not asked to, or does
     */
    record Counts(long leaves, long shown, long erased, long notices, Optional<GivenUp> givenUp) {}

    /** What a leaf says of those that the log does not have any more. */
    record GivenUp(long leaf, long firstLeaf, String before, String subject) {
        static GivenUp of(long index, Fields leaf) {
            return new GivenUp(
                    index,
                    leaf.requireNumber("firstLeaf"),
                    leaf.requireText("before"),
                    leaf.text("subject").orElse("somebody whose id is no code"));
        }
    }

    /**
     * @param lines all but the first
     * @throws IllegalArgumentException when the checkpoint that was kept cannot be held against this export
     */
    Counts run(Lines lines) throws IOException, WrongExport {
        requireComparable();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.startsWith("{\"rows\":")) {
                return end(line, lines);
            }
            check(parse(line));
        }
        throw WrongExport.leaf(next, "the export ends before it, without its last line");
    }

    private void requireComparable() throws WrongExport {
        if (kept.isEmpty()) {
            return;
        }
        Checkpoint other = kept.get();
        if (!other.origin().equals(tree.origin())) {
            throw WrongExport.whole("the checkpoint that was kept is of " + other.origin());
        }
        boolean isWithin = other.size() <= tree.size() && (!manifest.complete() || other.size() >= manifest.first());
        if (!isWithin || !manifest.complete() && other.size() != tree.size()) {
            throw new IllegalArgumentException(
                    "the checkpoint that was kept has %d leaves: only a complete export over its end can be held against it"
                            .formatted(other.size()));
        }
        compareAt(manifest.first());
        if (other.size() == tree.size() && !other.root().equals(tree.root())) {
            throw notTheKept(other);
        }
    }

    private WrongExport notTheKept(Checkpoint other) {
        return WrongExport.whole(
                "the log's first %d leaves are not those of the checkpoint that was kept".formatted(other.size()));
    }

    private Exported parse(String line) throws WrongExport {
        try {
            return Exported.parse(Fields.of(line));
        } catch (IllegalArgumentException e) {
            throw WrongExport.leaf(next, "its line cannot be read: " + e.getMessage());
        }
    }

    private void check(Exported line) throws WrongExport {
        boolean isNext = manifest.complete() ? line.index() == next : line.index() >= next;
        if (line.row() != row + 1 || !isNext) {
            throw WrongExport.leaf(
                    next,
                    "it, or one after it, is missing or in another place: row %d is followed by row %d, of leaf %d"
                            .formatted(row, line.row(), line.index()));
        }
        Hash hash = Hash.leaf(line.leaf());
        checkPlace(line, hash);
        try {
            checkContent(line);
        } catch (IllegalArgumentException e) {
            throw WrongExport.leaf(line.index(), "it cannot be read: " + e.getMessage());
        }
        row = line.row();
        next = line.index() + 1;
        if (manifest.complete()) {
            frontier.add(hash, (subtree, completed) -> {});
            compareAt(next);
        }
    }

    /** By its own proof; or by that of a later line, which has the hashes of all before it. */
    private void checkPlace(Exported line, Hash hash) throws WrongExport {
        if (!manifest.eachProved() && !line.leafHash().equals(Optional.of(hash.toString()))) {
            throw WrongExport.leaf(line.index(), "it does not have the hash that is told");
        }
        if (line.proof().isEmpty() && !manifest.eachProved()) {
            return;
        }
        InclusionProof proof =
                new InclusionProof(line.index(), tree.size(), line.proof().orElse(List.of()));
        if (!proof.proves(hash, tree.root())) {
            throw WrongExport.leaf(line.index(), "it is not the leaf that the log signed");
        }
        if (manifest.complete() && !proof.before().equals(frontier.edge())) {
            throw unproved == line.index()
                    ? notTheEdge()
                    : WrongExport.leaf(
                            unproved,
                            "it, or one up to %d, is not the leaf that the log signed".formatted(line.index() - 1));
        }
        unproved = line.index() + 1;
    }

    private static WrongExport notTheEdge() {
        return WrongExport.whole("the edge before the first leaf is not that of the log");
    }

    private void checkContent(Exported line) throws WrongExport {
        Fields leaf = line.fields();
        if (!LeafForm.isAccess(leaf)) {
            if (LeafForm.isRetention(leaf)) {
                GivenUp run = GivenUp.of(line.index(), leaf);
                givenUp = run.firstLeaf() == manifest.first() ? Optional.of(run) : givenUp;
            }
            notices++;
            return;
        }
        boolean matches = manifest.filter().matches(leaf);
        if (line.opening().isEmpty() && !matches && manifest.complete()) {
            return;
        }
        if (line.opening().isEmpty() || !matches) {
            throw WrongExport.leaf(
                    line.index(), matches ? "it matches, and is not shown" : "it does not match, and is there");
        }
        Exported.Opening opening = line.opening().get();
        if (opening.isErased()) {
            erased++;
        } else if (!LeafForm.commitment(opening).equals(leaf.requireText("commitment"))) {
            throw WrongExport.leaf(line.index(), "its entry is not the one that the leaf commits to");
        } else if (!Arrays.equals(LeafForm.of(leaf, opening), line.leaf())) {
            throw WrongExport.leaf(line.index(), "its leaf does not say what its entry says");
        }
        shown++;
    }

    private void compareAt(long size) throws WrongExport {
        if (kept.isPresent() && manifest.complete() && kept.get().size() == size) {
            if (!frontier.root().equals(kept.get().root())) {
                throw notTheKept(kept.get());
            }
        }
    }

    private Counts end(String last, Lines lines) throws IOException, WrongExport {
        if (manifest.complete() && next != tree.size()) {
            throw WrongExport.leaf(next, "it is missing, as are all after it");
        }
        if (!last.startsWith("{\"rows\":%d,".formatted(row))) {
            throw WrongExport.leaf(next, "it is missing, or the last line was edited");
        }
        if (manifest.complete() && !frontier.root().equals(tree.root())) {
            throw notTheEdge();
        }
        if (manifest.fromTheBeginning() && manifest.first() > 0 && givenUp.isEmpty()) {
            throw WrongExport.leaf(
                    0,
                    "it is missing, as are those up to %d, and no leaf says that they were given up"
                            .formatted(manifest.first() - 1));
        }
        String hash = lines.hashBeforeLast();
        if (!last.equals("{\"rows\":%d,\"sha256\":\"%s\"}".formatted(row, hash)) || lines.next() != null) {
            throw WrongExport.whole(
                    "no leaf is wrong, but the file is not as it was written: its first line or its last was edited");
        }
        return new Counts(row, shown, erased, notices, manifest.fromTheBeginning() ? givenUp : Optional.empty());
    }
}
