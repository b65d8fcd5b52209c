package org.carelog.system.history;

/** A rule that was broken, and where: ids and versions, never content. */
public record Finding(Rule rule, String where) {

    @Override
    public String toString() {
        return rule + " (" + rule.sentence() + "): " + where;
    }
}
