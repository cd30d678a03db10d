package shop.orders.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.web.accept.HeaderContentNegotiationStrategy;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import shop.orders.store.OrderStore;
import shop.orders.store.Settings;
import tools.jackson.databind.ObjectMapper;

/** Puts the shared edge into a service that has this module on its class path. */
@AutoConfiguration
@Import(ApiErrors.class)
@EnableConfigurationProperties(OperatorProperties.class)
class WebConfiguration {
  /** Of a heap of 512 MB: two orders of 5,000 lines at one time. */
  private static final int ROOM_FOR_BODIES = 24 * 1024 * 1024;

  /** Shorter than clients wait for an answer. */
  private static final Duration WAIT_FOR_ROOM = Duration.ofSeconds(2);

  @Bean
  ApiKeys apiKeys(Settings settings, ObjectMapper json) {
    return new ApiKeys(settings, json);
  }

  @Bean
  FilterRegistrationBean<UrlHandlerFilter> trailingSlash() {
    var filter = new FilterRegistrationBean<>(UrlHandlerFilter.trailingSlashHandler("/api/**").wrapRequest().build());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  @Bean
  FilterRegistrationBean<KeyFilter> keyFilter(ApiKeys keys, ObjectMapper json) {
    var filter = new FilterRegistrationBean<>(new KeyFilter(keys, json));
    filter.addUrlPatterns("/api/*");
    return filter;
  }

  /** Invoice numbers with an encoded slash in the path, and list URLs with raw brackets, come from real clients. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> lenientUrls() {
    return factory ->
        factory.addConnectorCustomizers(
            connector -> {
              connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
              connector.setProperty("relaxedQueryChars", "[]|{}^\\`\"<>");
              connector.setProperty("maxSwallowSize", String.valueOf(Bodies.LARGEST)); // who is refused while still sending gets to read why
            });
  }

  @Bean
  WebMvcConfigurer callerAndBody(OrderStore store, OperatorProperties operator) {
    var bodies = new Bodies(ROOM_FOR_BODIES, WAIT_FOR_ROOM);
    return new WebMvcConfigurer() {
      /** The API answers JSON whatever it is asked for: refusing would come after what was asked for was done. */
      @Override
      public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        var accepted = new HeaderContentNegotiationStrategy();
        negotiation.strategies(List.of(request -> isApi(request) ? List.of(MediaType.APPLICATION_JSON) : accepted.resolveMediaTypes(request)));
      }

      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(bodies);
        registry.addInterceptor(new NamedOrder()).addPathPatterns("/api/**");
        registry.addInterceptor(new SellerKeys(store)).addPathPatterns("/api/**");
        registry.addInterceptor(new OperatorToken(operator.token())).addPathPatterns("/operator/**");
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(resolver(Caller.class, request -> (Caller) Objects.requireNonNull(request.getAttribute(Caller.ATTRIBUTE))));
        resolvers.add(resolver(JsonBody.class, request -> new JsonBody(bodies.read(request))));
        resolvers.add(resolver(Query.class, Query::of));
      }
    };
  }

  private static boolean isApi(NativeWebRequest request) {
    var path = Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)).getRequestURI();
    return path.startsWith("/api/") || path.startsWith("/operator/");
  }

  private interface FromRequest {
    Object read(HttpServletRequest request) throws IOException;
  }

  private static HandlerMethodArgumentResolver resolver(Class<?> type, FromRequest from) {
    return new HandlerMethodArgumentResolver() {
      @Override
      public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == type;
      }

      @Override
      public Object resolveArgument(
          MethodParameter parameter, @Nullable ModelAndViewContainer mav, NativeWebRequest request, @Nullable WebDataBinderFactory binders)
          throws IOException {
        return from.read(Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
      }
    };
  }
}
