package org.carelog.system.history;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a check found. Not thread-safe. */
public final class Findings {
    private final List<Finding> all = new ArrayList<>();

    public void add(Rule rule, String where) {
        all.add(new Finding(rule, where));
    }

    void add(boolean broken, Rule rule, String where) {
        if (broken) {
            add(rule, where);
        }
    }

    public void addAll(Findings others) {
        all.addAll(others.all);
    }

    public List<Finding> all() {
        return List.copyOf(all);
    }

    public List<Rule> rules() {
        return all.stream().map(Finding::rule).distinct().toList();
    }

    /** A few of each rule, and how many there are. */
    @Override
    public String toString() {
        Map<Rule, List<Finding>> byRule = new EnumMap<>(Rule.class);
        all.forEach(finding -> byRule.computeIfAbsent(finding.rule(), rule -> new ArrayList<>())
                .add(finding));
        StringBuilder text = new StringBuilder();
        byRule.forEach((rule, findings) -> {
            text.append("%n%s: not so that %s: %d times".formatted(rule, rule.sentence(), findings.size()));
            findings.stream().limit(10).forEach(finding -> text.append("%n    %s".formatted(finding.where())));
        });
        return text.toString();
    }
}
