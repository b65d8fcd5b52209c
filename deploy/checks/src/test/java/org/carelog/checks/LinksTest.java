package org.carelog.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LinksTest {
    @Test
    void everyLinkWithinTheRepositoryLeadsSomewhere() {
        assertThat(Page.all())
                .isNotEmpty()
                .allSatisfy(page -> assertThat(page.links())
                        .filteredOn(Page::isHere)
                        .allSatisfy(link -> assertThat(target(page, link)).exists()));
    }

    @Test
    void everyLinkToAPlaceOnAPageLeadsToAHeading() {
        assertThat(Page.all())
                .allSatisfy(page -> assertThat(page.links())
                        .filteredOn(link -> Page.isHere(link) && link.contains("#"))
                        .allSatisfy(link -> assertThat(new Page(target(page, link)).anchors())
                                .contains(link.substring(link.indexOf('#') + 1))));
    }

    @Test
    void everyDecisionIsInTheList() {
        // Given
        Page list = Page.of("docs/adr/README.md");

        // Then
        assertThat(Page.all())
                .filteredOn(page -> page.toString().matches("docs/adr/\\d{4}-.*\\.md"))
                .hasSizeGreaterThan(7)
                .allSatisfy(page -> assertThat(list.links())
                        .contains(page.file().getFileName().toString()));
    }

    private static Path target(Page page, String link) {
        String path = link.contains("#") ? link.substring(0, link.indexOf('#')) : link;
        return path.isEmpty() ? page.file() : page.file().resolveSibling(path).normalize();
    }
}
