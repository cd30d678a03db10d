package shop.orders.localstack.server;

import java.io.IOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.xml.sax.SAXException;

/** What the local stack runs, for whoever runs the same servers in another way. */
public final class ServerVersions {
  private ServerVersions() {}

  /**
   * The one place a server's version is written: {@code server.version} in its pom.
   *
   * @param server {@code cassandra}, {@code kafka} or {@code elasticsearch}
   */
  public static String of(String server) {
    var pom = Artifacts.home().resolve("local-stack/servers").resolve(server).resolve("pom.xml");
    try {
      var versions = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile()).getElementsByTagName("server.version");
      if (versions.getLength() != 1) throw new ServerFailed(pom + " has no server.version");
      return versions.item(0).getTextContent();
    } catch (IOException | SAXException | ParserConfigurationException e) {
      throw new ServerFailed(pom + " cannot be read", e);
    }
  }
}
