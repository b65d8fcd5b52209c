package org.carelog.sql;

/**
 * The bound of a page in bytes, so that one of large contents is shorter and not a burden on a small heap. A row comes without its
 * content when those before it have {@link #MOST} bytes together: the page ends before it, and the next one begins with it. The
 * first row always has its content.
 */
public final class PageBytes {

    /** Of contents, after which none follows. */
    public static final long MOST = 4L << 20;

    private PageBytes() {}

    /**
     * The expression in a {@code select} list; the length of a content is known without reading it.
     *
     * @param content the column
     * @param order of the page, as after {@code order by}
     */
    public static String content(String content, String order) {
        return """
                case when coalesce(sum(octet_length(%1$s)) over (
                    order by %2$s rows between unbounded preceding and 1 preceding), 0) < %3$d then %1$s end as content""".formatted(content, order, MOST);
    }
}
