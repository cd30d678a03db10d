package shop.orders.workflow.expression;

/** A text whose reading is paid for. */
record MeteredText(String text, int[] reads) implements CharSequence {
  /** Between two looks at the clock: a pattern may be at thousands of its places at once for each character. */
  private static final int READS = 64;

  MeteredText(String text) {
    this(text, new int[1]);
  }

  @Override
  public char charAt(int index) {
    if (++reads[0] % READS == 0) {
      Budget.current().charge(READS / 16);
      Budget.current().lookAtTheClock();
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.substring(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
