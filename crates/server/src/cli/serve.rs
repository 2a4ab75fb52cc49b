//! `goodword serve`: the server.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use app::{App, Config, mail::Carrier};
use connect::smtp::Smtp;
use tokio::{net::TcpListener, sync::watch};

use super::{Failure, Global, open, say};
use crate::{
    http::{self, Proxy},
    listen::{self, Limits},
    worker,
};

/// Serve the web app and the API until told to stop.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Example:\n  goodword serve --data ./data --listen 127.0.0.1:8080\n\nBehind a proxy that speaks https:\n  goodword serve --public-url https://references.example.com --behind-proxy"
)]
pub struct Args {
    /// The address and port to listen on.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: String,
    /// The address that people open, when it is another; signed links start with it.
    #[arg(long, env = "GOODWORD_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
    /// A proxy of your own stands in front and writes X-Forwarded-For.
    #[arg(long)]
    behind_proxy: bool,
    /// The mail server, such as smtps://user:password@mail.example.com:465.
    #[arg(
        long,
        env = "GOODWORD_SMTP_URL",
        hide_env_values = true,
        value_name = "URL",
        requires = "mail_from"
    )]
    smtp_url: Option<String>,
    /// The sender of mail, such as "References <references@example.com>".
    #[arg(long, env = "GOODWORD_MAIL_FROM", value_name = "SENDER")]
    mail_from: Option<String>,
}

/// How long open requests may take after the server is told to stop.
const DRAIN: Duration = Duration::from_secs(5);

pub async fn run(global: &Global, args: Args) -> Result<(), Failure> {
    global.refuse_acting("A server acts for each person who signs in.")?;
    let carrier = carrier(&args)?;
    let listener = TcpListener::bind(&args.listen)
        .await
        .map_err(|cause| Failure::Io {
            tried: format!("Listening on {} failed", args.listen),
            cause,
        })?;
    let address = listener.local_addr().map_err(|cause| Failure::Io {
        tried: "The address could not be read back".to_owned(),
        cause,
    })?;
    let config = config(&args, address, carrier.is_some())?;
    let app = open::open(global, config).await?;
    if app::demo::is_half_made(&app).await? {
        return Err(Failure::Refused(app::demo::HALF_MADE.to_owned()));
    }
    let proxy = if args.behind_proxy {
        Proxy::Own
    } else {
        Proxy::None
    };
    // Whoever reads that it is ready may stop it at once.
    let told = told_to_stop();
    say(format!("Goodword is ready on {}", app.config.public_url))?;
    if app::setup::is_needed(&app).await? {
        say("Nobody can sign in yet: open it and make the first account.")?;
        if let Some(code) = app::setup::new_code(&app).await? {
            say(format!("Setup code, needed for the first account: {code}"))?;
        }
    }
    serve(app, listener, proxy, carrier, told).await
}

fn carrier(args: &Args) -> Result<Option<Arc<dyn Carrier>>, Failure> {
    let (Some(url), Some(from)) = (&args.smtp_url, &args.mail_from) else {
        return Ok(None);
    };
    let smtp = Smtp::new(url, from).map_err(|error| Failure::Refused(format!("{error}.")))?;
    Ok(Some(Arc::new(smtp)))
}

fn config(args: &Args, address: SocketAddr, sends_mail: bool) -> Result<Config, Failure> {
    let own = if address.ip().is_unspecified() {
        format!("http://localhost:{}", address.port())
    } else {
        format!("http://{address}")
    };
    let public_url = match &args.public_url {
        Some(url) => public_url(url)?,
        None => own,
    };
    // A proxy on the same machine makes a loopback listener public; then its address is named here.
    let is_loopback = address.ip().is_loopback() && args.public_url.is_none() && !args.behind_proxy;
    Ok(Config {
        public_url,
        is_loopback,
        sends_mail,
        is_beside: false,
    })
}

fn public_url(text: &str) -> Result<String, Failure> {
    let url = text.trim().trim_end_matches('/');
    let host = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"));
    let is_origin = host.is_some_and(|host| {
        !host.is_empty()
            && host
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || ".-:[]".contains(c))
    });
    if is_origin {
        return Ok(url.to_lowercase());
    }
    Err(Failure::Refused(format!(
        "{text} is not an address such as https://references.example.com, without a path."
    )))
}

async fn serve(
    app: App,
    listener: TcpListener,
    proxy: Proxy,
    carrier: Option<Arc<dyn Carrier>>,
    told: impl Future<Output = ()>,
) -> Result<(), Failure> {
    let (stop, stopping) = watch::channel(false);
    let work = tokio::spawn(worker::run(app.clone(), carrier, stopping.clone()));
    let (router, demo) = http::beside::with_demo_company(app.clone(), proxy, stopping.clone());
    let demo = tokio::spawn(demo);
    let server = listen::run(listener, router, Limits::default(), stopping.clone());
    let mut server = tokio::spawn(server);
    let served = tokio::select! {
        ended = &mut server => Some(ended),
        () = told => None,
    };
    // Nobody may be left to hear it; then everything has stopped already.
    stop.send_replace(true);
    let served = match served {
        Some(ended) => Some(ended),
        None => tokio::time::timeout(DRAIN, server).await.ok(),
    };
    if tokio::time::timeout(DRAIN, work).await.is_err() {
        tracing::warn!("a job did not end in time; another start takes it up again");
    }
    if tokio::time::timeout(DRAIN, demo).await.is_err() {
        tracing::warn!("the demo company did not close in time; its temporary folder may be left");
    }
    app.store.close().await?;
    match served {
        Some(Err(_)) => Err(Failure::Refused(
            "The server stopped by a fault; the log says which.".to_owned(),
        )),
        Some(Ok(())) | None => Ok(()),
    }
}

/// Ctrl-C, or the signal that service managers send; both are listened to from the call on.
fn told_to_stop() -> impl Future<Output = ()> {
    #[cfg(unix)]
    let terminate = {
        use tokio::signal::unix::{SignalKind, signal};
        signal(SignalKind::terminate())
    };
    async move {
        let interrupt = tokio::signal::ctrl_c();
        #[cfg(unix)]
        if let Ok(mut terminate) = terminate {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        let _ = interrupt.await;
    }
}
