package org.carelog.fhir.search;

/**
 * The value sets and code systems that a deployment has the definitions of. What it has not, or what does not list its codes, is
 * refused with an IllegalArgumentException that says why.
 */
public interface CodeSets {
    /** The codes of a value set. */
    CodeSet in(String valueSet);

    /** The code, and those that it subsumes. */
    CodeSet below(CodeSet.Coding coding);

    /** The code, and those by which it is subsumed. */
    CodeSet above(CodeSet.Coding coding);

    /** There are no definitions. */
    CodeSets NONE = new CodeSets() {
        @Override
        public CodeSet in(String valueSet) {
            throw new IllegalArgumentException("no value sets are known here");
        }

        @Override
        public CodeSet below(CodeSet.Coding coding) {
            throw new IllegalArgumentException("no code systems are known here");
        }

        @Override
        public CodeSet above(CodeSet.Coding coding) {
            return below(coding);
        }
    };
}
