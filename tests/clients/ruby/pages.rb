# frozen_string_literal: true

# A person at a browser without scripts: fills in the forms between an authorization request and the app's callback.
require "cgi"
require "net/http"
require_relative "hub"

class Person
  def initialize
    @cookies = {}
  end

  # From the app's link to the URL it is called back at.
  def consent(url)
    answer = request(URI(url))
    12.times do
      case answer
      when Net::HTTPRedirection
        target = URI.join(Hub::ISSUER, answer["location"])
        return target if target.to_s.start_with?(Hub::REDIRECT)

        answer = request(target)
      when Net::HTTPOK then answer = fill_in(answer.body)
      else raise "#{answer.code}: #{answer.body}"
      end
    end
    raise "the pages lead nowhere"
  end

  private

  def request(uri, form = nil)
    message = form ? Net::HTTP::Post.new(uri) : Net::HTTP::Get.new(uri)
    message["Accept"] = "text/html"
    message["Cookie"] = @cookies.map { |pair| pair.join("=") }.join("; ")
    if form
      message["Origin"] = Hub::ISSUER
      message.set_form_data(form)
    end
    answer = Net::HTTP.start(uri.host, uri.port) { |http| http.request(message) }
    (answer.get_fields("set-cookie") || []).each do |cookie|
      name, value = cookie.split(";").first.split("=", 2)
      @cookies[name] = value
    end
    answer
  end

  def attribute(tag, name)
    CGI.unescapeHTML(tag[/\s#{name}="([^"]*)"/, 1] || "")
  end

  def fields_of(body)
    tags = body.scan(/<input([^>]*)>/).flatten
    tags = tags.reject { |tag| tag =~ /type="(radio|checkbox|submit)"/ && tag !~ /\schecked/ }
    tags.to_h { |tag| [attribute(tag, "name"), attribute(tag, "value")] }.reject { |name, _| name.empty? }
  end

  def fill_in(html)
    html.scan(%r{<form([^>]*)>(.*?)</form>}m) do |open, body|
      form = fields_of(body)
      if form.key?("password") && form.key?("email")
        form.merge!("email" => ENV.fetch("HUB_EMAIL"), "password" => ENV.fetch("HUB_PASSWORD"))
      elsif body.include?('name="decision"')
        form["decision"] = "allow"
        form["organization"] = Hub::CUSTOMER if body.include?(%(value="#{Hub::CUSTOMER}"))
      else
        next
      end
      return request(URI.join(Hub::ISSUER, attribute(open, "action")), form)
    end
    raise "no form to fill in: #{html.gsub(/<[^>]*>/, ' ').squeeze(" \n")[0, 500]}"
  end
end
