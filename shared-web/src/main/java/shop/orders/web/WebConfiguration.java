package shop.orders.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
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
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import shop.orders.store.OrderStore;
import shop.orders.store.Settings;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Puts the shared edge into a service that has this module on its class path. */
@AutoConfiguration
@Import(ApiErrors.class)
@EnableConfigurationProperties(OperatorProperties.class)
class WebConfiguration {
  /** An order of 5,000 lines is about 10 MB; more than this is a mistake or an attack. */
  private static final int LARGEST_BODY = 32 * 1024 * 1024;

  /** Exact numbers both ways: 1.0 stays 1.0, and no digit of a decimal is lost. */
  private final ObjectMapper exact =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.USE_LONG_FOR_INTS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

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
            });
  }

  @Bean
  WebMvcConfigurer callerAndBody(OrderStore store, OperatorProperties operator) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new NamedOrder()).addPathPatterns("/api/**");
        registry.addInterceptor(new SellerKeys(store)).addPathPatterns("/api/**");
        registry.addInterceptor(new OperatorToken(operator.token())).addPathPatterns("/operator/**");
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(resolver(Caller.class, request -> (Caller) Objects.requireNonNull(request.getAttribute(Caller.ATTRIBUTE))));
        resolvers.add(resolver(JsonBody.class, request -> new JsonBody(read(request), exact)));
      }
    };
  }

  private static byte[] read(HttpServletRequest request) throws IOException {
    var bytes = request.getInputStream().readNBytes(LARGEST_BODY + 1);
    if (bytes.length > LARGEST_BODY) {
      throw new ApiError(HttpStatus.CONTENT_TOO_LARGE, "OMS413", "The body is larger than " + LARGEST_BODY + " bytes.");
    }
    return bytes;
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
