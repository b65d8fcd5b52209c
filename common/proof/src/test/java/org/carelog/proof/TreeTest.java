package org.carelog.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TreeTest {
    /** Every size up to two more than a power of two; what is different at 67 is different at 7. */
    private static final int SIZES = 67;

    private static final long TEN_MILLION = 10_000_000;

    @Test
    void theTreesOfTheKnownVectorsHaveTheirRoots() {
        // Given: the test vectors of RFC 6962's authors
        List<String> contents = List.of(
                "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");
        List<String> roots = List.of(
                "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        GrownTree log = new GrownTree();

        for (int i = 0; i < contents.size(); i++) {
            // When
            log.add(HexFormat.of().parseHex(contents.get(i)));

            // Then
            assertThat(hex(log.frontier.root())).isEqualTo(roots.get(i));
        }
        assertThat(log.tree.inclusion(0, 8).path().stream().map(TreeTest::hex))
                .containsExactly(
                        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
        assertThat(hex(new Frontier().root()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void rootsAndProofsAreThoseOfTheDefinition() {
        // Given
        GrownTree log = GrownTree.of(SIZES);

        for (int size = 0; size <= SIZES; size++) {
            List<Hash> leaves = log.leaves.subList(0, size);

            // When / Then
            assertThat(log.tree.root(size)).isEqualTo(Rfc9162.mth(leaves));
            for (int m = 0; m < size; m++) {
                assertThat(log.tree.inclusion(m, size).path()).isEqualTo(Rfc9162.path(m, leaves));
                if (m > 0) {
                    assertThat(log.tree.consistency(m, size).path()).isEqualTo(Rfc9162.proof(m, leaves));
                }
            }
        }
    }

    @Test
    void aFrontierThatIsReadBackGrowsLikeTheFirst() {
        for (int size = 0; size < SIZES; size++) {
            // Given
            GrownTree log = GrownTree.of(size);
            Frontier read = new Frontier(
                    size, Frontier.subtrees(size).stream().map(log.stored::get).toList());

            // When
            Hash next = Hash.leaf(new byte[] {1});
            read.add(next, (subtree, hash) -> {});
            log.add(new byte[] {1});

            // Then
            assertThat(read.root()).isEqualTo(log.frontier.root());
            assertThat(read.size()).isEqualTo(size + 1);
        }
    }

    @Test
    void anInclusionProofProvesItsLeafAtItsPlaceAndNothingElse() {
        // Given
        GrownTree log = GrownTree.of(SIZES);

        for (int size = 1; size <= SIZES; size++) {
            Hash root = log.tree.root(size);
            for (int index = 0; index < size; index++) {
                // When
                InclusionProof proof = log.tree.inclusion(index, size);

                // Then
                Hash leaf = log.leaves.get(index);
                assertThat(proof.proves(leaf, root)).isTrue();
                assertThat(proof.proves(Hash.leaf(new byte[0]), root)).isFalse();
                assertThat(proof.proves(leaf, leaf)).isEqualTo(size == 1);
                assertThat(new InclusionProof(index + 1, size, proof.path()).proves(leaf, root))
                        .isFalse();
                for (List<Hash> path : changed(proof.path())) {
                    assertThat(new InclusionProof(index, size, path).proves(leaf, root))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aConsistencyProofProvesItsTwoTreesAndNoOthers() {
        // Given
        GrownTree log = GrownTree.of(SIZES);
        Hash other = Hash.leaf(new byte[0]);

        for (int size = 1; size <= SIZES; size++) {
            Hash root = log.tree.root(size);
            for (int old = 0; old <= size; old++) {
                // When
                ConsistencyProof proof = log.tree.consistency(old, size);

                // Then
                Hash oldRoot = log.tree.root(old);
                assertThat(proof.proves(oldRoot, root)).isTrue();
                assertThat(proof.proves(other, root)).isFalse();
                assertThat(proof.proves(oldRoot, other)).isEqualTo(old == 0);
                for (List<Hash> path : changed(proof.path())) {
                    assertThat(new ConsistencyProof(old, size, path).proves(oldRoot, root))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aTreeWhoseHistoryWasChangedIsConsistentWithNoneBefore() {
        for (int changed = 0; changed < 20; changed++) {
            // Given
            GrownTree before = GrownTree.of(20);
            GrownTree after = GrownTree.of(changed);
            after.grow("other ", 40 - changed);

            // When
            ConsistencyProof proof = after.tree.consistency(20, 40);

            // Then
            assertThat(proof.proves(before.frontier.root(), after.frontier.root()))
                    .isFalse();
        }
    }

    /** Of equal leaves, so that each level has one hash. */
    @Test
    void aProofAmongTenMillionLeavesReadsSomeDozensOfHashes() {
        // Given
        Hash leaf = Hash.leaf(new byte[] {1});
        List<Hash> levels = new ArrayList<>(List.of(leaf));
        Frontier frontier = new Frontier();
        AtomicInteger written = new AtomicInteger();
        for (long i = 0; i < TEN_MILLION >> 6; i++) {
            frontier.add(leaf, (subtree, hash) -> {
                written.incrementAndGet();
                if (subtree.level() == levels.size()) {
                    levels.add(hash);
                }
            });
        }
        while (1L << levels.size() <= TEN_MILLION) {
            levels.add(Hash.node(levels.getLast(), levels.getLast()));
        }
        AtomicInteger read = new AtomicInteger();
        Tree tree = new Tree(subtrees -> {
            read.addAndGet(subtrees.size());
            return subtrees.stream().map(s -> levels.get(s.level())).toList();
        });

        // When
        Hash root = tree.root(TEN_MILLION);
        InclusionProof inclusion = tree.inclusion(TEN_MILLION - 2, TEN_MILLION);
        ConsistencyProof consistency = tree.consistency(TEN_MILLION >> 6, TEN_MILLION);

        // Then
        assertThat(inclusion.proves(leaf, root)).isTrue();
        assertThat(consistency.proves(frontier.root(), root)).isTrue();
        assertThat(read.get()).isLessThan(100);
        assertThat(written.get()).isLessThan((int) (TEN_MILLION >> 2));
    }

    /** With each hash changed, each left out, each two neighbours swapped, and one more. */
    private static List<List<Hash>> changed(List<Hash> path) {
        Hash other = Hash.leaf(new byte[] {7});
        List<List<Hash>> all = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            List<Hash> edited = new ArrayList<>(path);
            edited.set(i, other);
            all.add(edited);
            List<Hash> shorter = new ArrayList<>(path);
            shorter.remove(i);
            all.add(shorter);
            if (i > 0) {
                List<Hash> swapped = new ArrayList<>(path);
                Collections.swap(swapped, i - 1, i);
                all.add(swapped);
            }
        }
        List<Hash> longer = new ArrayList<>(path);
        longer.add(other);
        all.add(longer);
        return all;
    }

    private static String hex(Hash hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }
}
